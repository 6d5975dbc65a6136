package cn.qingfeng.quiz.round;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.LogContext;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.RoundState;
import cn.qingfeng.quiz.bank.Banks;
import cn.qingfeng.staff.Audit;
import org.jspecify.annotations.Nullable;
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

	private static final Duration ALIGN = Duration.ofSeconds(5);

	private final RoundRepository rounds;

	private final RoundSnapshots snapshots;

	private final PublishedRounds published;

	private final Banks banks;

	private final Audit audit;

	private final Transactions transactions;

	private final Clock clock;

	private final SecureRandom random = seeded();

	RoundPublishing(RoundRepository rounds, RoundSnapshots snapshots, PublishedRounds published, Banks banks,
			Audit audit, Transactions transactions, BackgroundLoops loops, Clock clock) {
		this.rounds = rounds;
		this.snapshots = snapshots;
		this.published = published;
		this.banks = banks;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
		loops.start("quiz-ends", ALIGN, this::alignDeadlines);
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

	/** What is frozen, or would be now, with keys; each look is audited. */
	Mono<RoundPreview> preview(RoundId id) {
		return this.rounds.find(id)
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.flatMap(this::preview)
			.flatMap((preview) -> this.audit.record("quiz.questions.read", id.toString()).thenReturn(preview));
	}

	private Mono<RoundPreview> preview(Round round) {
		Round.Publication publication = round.publication();
		if (publication != null) {
			return this.snapshots.frozen(round.id())
				.map((frozen) -> RoundPreview.of(publication.contentHash(), round.definition(), frozen));
		}
		return candidates(round.definition()).map((found) -> RoundPreview.of(ContentHash.of(round.definition(), found),
				round.definition(), found.stream().map(FrozenQuestion::of).toList()));
	}

	/**
	 * On its own, by a second person.
	 * @param id of the round
	 * @param signedHash of what that person looked through, null when it was not told
	 * @param byStaff who did not write it
	 * @return the round; a published one as it is
	 */
	Mono<Round> publishAlone(RoundId id, @Nullable String signedHash, UUID byStaff) {
		return this.rounds.isWrittenBy(id, byStaff)
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.filter((own) -> !own)
			.switchIfEmpty(Mono.error(OwnQuizProblem::new))
			.then(Mono.defer(() -> published(id, byStaff)))
			.doOnNext((round) -> requireSigned(round, signedHash))
			.as(this.transactions::inTransaction);
	}

	/** Moves the end of a published round; papers that are open follow. */
	Mono<Round> moveEnd(RoundId id, Instant closesAt, String reason) {
		return this.rounds.findForUpdate(id)
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.map((round) -> round.endingAt(closesAt, this.clock.instant()))
			.flatMap((moved) -> this.rounds.moveEnd(moved)
				.then(Mono.defer(this::alignDeadlines))
				.then(Mono.defer(() -> this.audit.record("quiz.end", id.toString(), reason)))
				.then(this.transactions.afterCommit(() -> this.published.forget(id)))
				.thenReturn(moved))
			.as(this.transactions::inTransaction);
	}

	/** A draft stays as it is. */
	Mono<Round> withdraw(RoundId id, String reason) {
		return this.rounds.findForUpdate(id)
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.flatMap((round) -> (round.state() == RoundState.DRAFT) ? Mono.just(round)
					: withdraw(round.withdrawn(this.clock.instant()), reason))
			.as(this.transactions::inTransaction);
	}

	/**
	 * Attempts that began on a node which did not know the new end yet follow it too.
	 */
	private Mono<Boolean> alignDeadlines() {
		return this.snapshots
			.alignDeadlines(this.clock.instant().minus(PublishedRounds.KNOWN_EVERYWHERE.multipliedBy(2)))
			.thenReturn(false);
	}

	private Mono<Round> withdraw(Round withdrawn, String reason) {
		return this.snapshots.drop(withdrawn.id())
			.then(Mono.defer(() -> this.rounds.withdraw(withdrawn)))
			.then(Mono.defer(() -> this.audit.record("quiz.withdraw", withdrawn.id().toString(), reason)))
			.then(this.transactions.afterCommit(() -> this.published.forget(withdrawn.id())))
			.thenReturn(withdrawn);
	}

	private Mono<Round> published(RoundId id, UUID byStaff) {
		return this.transactions.inTransaction(this.rounds.findForUpdate(id)
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.flatMap((round) -> (round.state() == RoundState.PUBLISHED) ? Mono.just(round) : freeze(round, byStaff)));
	}

	private static void requireSigned(Round round, @Nullable String signedHash) {
		boolean same = signedHash == null || round.publication() == null
				|| signedHash.equals(round.publication().contentHash());
		if (!same) {
			throw new QuizChangedProblem();
		}
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
			.then(LogContext.line(() -> log.info("round {} published with {} questions to draw from", published.id(),
					candidates.size())))
			.thenReturn(published);
	}

	private Mono<List<Candidate>> candidates(RoundDefinition definition) {
		return Flux.range(0, definition.rules().size())
			.concatMap((position) -> candidates(position, definition.rules().get(position)))
			.collectList()
			.map((found) -> shared(definition, found));
	}

	/** Each question to one rule. */
	private static List<Candidate> shared(RoundDefinition definition, List<Candidate> found) {
		Map<UUID, Integer> owners = new HashMap<>();
		found.stream()
			.sorted(Comparator.comparing((candidate) -> definition.rules().get(candidate.rule()).precedence()))
			.forEach((candidate) -> owners.putIfAbsent(candidate.question().id(), candidate.rule()));
		return found.stream()
			.filter((candidate) -> Objects.equals(owners.get(candidate.question().id()), candidate.rule()))
			.toList();
	}

	private Flux<Candidate> candidates(int position, Rule rule) {
		return this.banks.matching(rule.bankId(), rule.kinds(), rule.difficulties(), rule.tags(), rule.questionIds())
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
