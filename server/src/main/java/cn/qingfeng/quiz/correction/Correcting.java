package cn.qingfeng.quiz.correction;

import java.time.Clock;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.reactor.LogContext;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.correction.Correction.Decision;
import cn.qingfeng.quiz.round.PublishedRounds;
import cn.qingfeng.staff.Audit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Proposing a correction and deciding about it; the attempts follow in the background.
 */
@Service
class Correcting {

	private static final Logger log = LoggerFactory.getLogger(Correcting.class);

	private final Corrections corrections;

	private final PublishedRounds rounds;

	private final Transactions transactions;

	private final IdGenerator ids;

	private final Audit audit;

	private final Clock clock;

	Correcting(Corrections corrections, PublishedRounds rounds, Transactions transactions, IdGenerator ids, Audit audit,
			Clock clock) {
		this.corrections = corrections;
		this.rounds = rounds;
		this.transactions = transactions;
		this.ids = ids;
		this.audit = audit;
		this.clock = clock;
	}

	/** 404 unless the question is one of a published round's. */
	Mono<Correction> propose(RoundId roundId, Proposal proposal, UUID byStaff) {
		return this.corrections.key(roundId, proposal.questionId())
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.map((key) -> Correction.proposed(this.ids.next(), roundId, key, proposal, byStaff, this.clock.instant()))
			.flatMap((correction) -> this.corrections.add(correction)
				.then(Mono.defer(() -> this.audit.record("quiz.correction.propose", correction.id().toString())))
				.thenReturn(correction))
			.as(this.transactions::inTransaction);
	}

	/** 409 for the proposer, and for what was decided before. */
	Mono<Correction> decide(RoundId roundId, UUID id, boolean approve, @Nullable String comment, UUID byStaff) {
		Decision decision = new Decision(byStaff, this.clock.instant(), comment);
		return find(roundId, id).doOnNext((correction) -> correction.requireDecidableBy(byStaff))
			.flatMap((correction) -> approve ? this.corrections.approve(correction, decision)
					: this.corrections.reject(id, decision))
			.filter((decided) -> decided)
			.switchIfEmpty(Mono.error(CorrectionDecidedProblem::new))
			.then(Mono
				.defer(() -> this.audit.record("quiz.correction." + (approve ? "approve" : "reject"), id.toString())))
			.then(this.transactions.afterCommit(() -> this.rounds.forget(roundId)))
			.then(Mono.defer(() -> find(roundId, id)))
			.delayUntil((correction) -> LogContext
				.line(() -> log.info("correction {} of round {} is {}", id, roundId, correction.state())))
			.as(this.transactions::inTransaction);
	}

	private Mono<Correction> find(RoundId roundId, UUID id) {
		return this.corrections.find(roundId, id).switchIfEmpty(Mono.error(NotFoundProblem::new));
	}

}
