package cn.qingfeng.member.feedback;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.member.feedback.FeedbackStore.Wanted;
import cn.qingfeng.member.unit.Units;
import cn.qingfeng.platform.problem.ConflictProblem;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.staff.Audit;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * What staff do with messages of members of their units.
 */
@Service
class FeedbackAnswering {

	private final FeedbackStore store;

	private final Units units;

	private final Audit audit;

	private final Transactions transactions;

	private final Clock clock;

	FeedbackAnswering(FeedbackStore store, Units units, Audit audit, Transactions transactions, Clock clock) {
		this.store = store;
		this.units = units;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
	}

	Mono<List<Feedback>> list(Wanted wanted, UUID before, int limit) {
		return scope()
			.flatMap((scope) -> this.store.ofUnits(scope, wanted, BusinessTime.today(this.clock), before, limit));
	}

	/** Once only: the member may have read the first answer. */
	Mono<Feedback> answer(UUID id, String text) {
		new Violations().require(!text.isBlank(), "text", "请填写答复").throwIfAny();
		return scope().flatMap((scope) -> CurrentStaff.mono()
			.flatMap((staff) -> this.transactions.inTransaction(open(id, scope)
				.flatMap((message) -> this.store.answer(id, text.strip(), staff.staffId(), this.clock.instant()))
				.then(this.audit.record("feedback.answer", id.toString()))
				.then(Mono.defer(() -> this.store.lock(id, scope))))));
	}

	private Mono<Feedback> open(UUID id, Set<UUID> scope) {
		return this.store.lock(id, scope)
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.filter((message) -> message.answeredAt() == null)
			.switchIfEmpty(Mono.error(ConflictProblem::new));
	}

	private Mono<Set<UUID>> scope() {
		return CurrentStaff.mono().flatMap((staff) -> this.units.tree().map((tree) -> tree.scope(staff.units())));
	}

}
