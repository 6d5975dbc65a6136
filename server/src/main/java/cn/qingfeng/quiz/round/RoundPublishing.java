package cn.qingfeng.quiz.round;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.RoundState;
import cn.qingfeng.quiz.bank.Banks;
import cn.qingfeng.staff.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Freezes a round: its questions as they are now, and a sealed seed.
 */
@Service
public class RoundPublishing {

	private static final Logger log = LoggerFactory.getLogger(RoundPublishing.class);

	private final RoundRepository rounds;

	private final RoundSnapshots snapshots;

	private final Banks banks;

	private final Audit audit;

	private final Transactions transactions;

	private final Clock clock;

	private final SecureRandom random = seeded();

	RoundPublishing(RoundRepository rounds, RoundSnapshots snapshots, Banks banks, Audit audit,
			Transactions transactions, Clock clock) {
		this.rounds = rounds;
		this.snapshots = snapshots;
		this.banks = banks;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
	}

	/**
	 * Of the questions as they are now, or as they were frozen; empty without the round.
	 */
	public Mono<String> contentHash(RoundId id) {
		return this.rounds.findForShare(id)
			.flatMap((round) -> (round.publication() != null) ? Mono.just(round.publication().contentHash())
					: candidates(round.definition()).map((found) -> ContentHash.of(round.definition(), found)));
	}

	/**
	 * In the caller's transaction when there is one; a published round stays as it is.
	 */
	public Mono<Void> publish(RoundId id, UUID byStaff) {
		return published(id, byStaff).then();
	}

	Mono<Round> published(RoundId id, UUID byStaff) {
		return this.transactions.inTransaction(this.rounds.findForUpdate(id)
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.flatMap((round) -> (round.state() == RoundState.PUBLISHED) ? Mono.just(round) : freeze(round, byStaff)));
	}

	private Mono<Round> freeze(Round draft, UUID byStaff) {
		return candidates(draft.definition()).flatMap((candidates) -> freeze(draft, candidates, byStaff));
	}

	private Mono<Round> freeze(Round draft, List<Candidate> candidates, UUID byStaff) {
		enough(draft.definition(), candidates);
		Seed seed = Seed.random(this.random);
		String hash = ContentHash.of(draft.definition(), candidates);
		Round published = draft.published(seed, hash, this.clock.instant(), byStaff);
		return this.rounds.publish(published)
			.then(this.snapshots.keep(draft.id(), candidates, seed))
			.then(Mono.defer(() -> this.audit.record("quiz.publish", draft.id().toString())))
			.thenReturn(published)
			.doOnNext((round) -> log.info("round {} published with {} questions to draw from", round.id(),
					candidates.size()));
	}

	private Mono<List<Candidate>> candidates(RoundDefinition definition) {
		return Flux.range(0, definition.rules().size())
			.concatMap((position) -> candidates(position, definition.rules().get(position)))
			.collectList();
	}

	private Flux<Candidate> candidates(int position, Rule rule) {
		return this.banks.matching(rule.bankId(), rule.kinds(), rule.difficulties())
			.flatMapIterable((questions) -> questions)
			.map((question) -> new Candidate(position, question));
	}

	private static void enough(RoundDefinition definition, List<Candidate> candidates) {
		IntStream.range(0, definition.rules().size()).forEach((position) -> {
			int asked = definition.rules().get(position).count();
			int available = (int) candidates.stream().filter((candidate) -> candidate.rule() == position).count();
			if (available < asked) {
				throw new QuestionShortageProblem(position, asked, available);
			}
		});
	}

	/**
	 * Seeded here, at start: later it asks the operating system no more and never blocks.
	 */
	private static SecureRandom seeded() {
		try {
			SecureRandom random = SecureRandom.getInstance("DRBG");
			random.nextBytes(new byte[1]);
			return random;
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has DRBG", ex);
		}
	}

}
