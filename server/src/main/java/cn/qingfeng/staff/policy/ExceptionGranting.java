package cn.qingfeng.staff.policy;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

import cn.qingfeng.platform.problem.ConflictProblem;
import cn.qingfeng.platform.problem.ForbiddenProblem;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.reactor.LogContext;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.staff.Audit;
import cn.qingfeng.staff.PolicyException;
import cn.qingfeng.staff.PolicyGate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Lets an exception into force: one asks for it, two others agree, and at the latest a
 * year later it is over. Anybody who may agree may end it at once.
 */
@Service
class ExceptionGranting {

	private static final Logger log = LoggerFactory.getLogger(ExceptionGranting.class);

	private final PolicyExceptions exceptions;

	private final PolicyGate gate;

	private final Audit audit;

	private final Transactions transactions;

	private final Clock clock;

	ExceptionGranting(PolicyExceptions exceptions, PolicyGate gate, Audit audit, Transactions transactions,
			Clock clock) {
		this.exceptions = exceptions;
		this.gate = gate;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
	}

	/**
	 * Asks for an exception.
	 * @param rule what to switch on
	 * @param reason why
	 * @param lastDay on which it is in force
	 */
	Mono<ExceptionRow> request(PolicyException rule, String reason, LocalDate lastDay) {
		LocalDate today = BusinessTime.today(this.clock);
		new Violations().require(!reason.isBlank(), "reason", "请写明理由")
			.require(!lastDay.isBefore(today) && !lastDay.isAfter(today.plusYears(1).minusDays(1)), "lastDay",
					"有效期须在一年以内")
			.throwIfAny();
		Instant end = lastDay.plusDays(1).atStartOfDay(BusinessTime.ZONE).toInstant();
		return ofTheWholeCity().flatMap(
				(staff) -> this.transactions
					.inTransaction(this.exceptions.insert(rule, reason, staff.staffId(), this.clock.instant(), end)
						.flatMap((made) -> this.audit
							.record("policy.request", made.id().toString(), rule + ": " + reason)
							.thenReturn(made))));
	}

	/** Agrees; the second to do so brings it into force. */
	Mono<ExceptionRow> approve(UUID id) {
		return ofTheWholeCity()
			.flatMap((staff) -> this.transactions
				.inTransaction(requested(id).filter((exception) -> mayApprove(exception, staff.staffId()))
					.switchIfEmpty(Mono.error(OwnExceptionProblem::new))
					.flatMap((exception) -> this.exceptions.approve(exception, staff.staffId(), this.clock.instant()))
					.then(this.audit.record("policy.approve", id.toString()))
					.then(Mono.defer(() -> this.exceptions.find(id)))))
			.doOnNext((exception) -> this.gate.forget())
			.delayUntil((exception) -> LogContext
				.line(() -> log.info("policy exception {} is {}", id, exception.state(this.clock.instant()))));
	}

	/** Ends it, or refuses what was asked for. */
	Mono<ExceptionRow> revoke(UUID id, String reason) {
		new Violations().require(!reason.isBlank(), "reason", "请写明理由").throwIfAny();
		return ofTheWholeCity().flatMap((staff) -> this.transactions
			.inTransaction(existing(id).filter((exception) -> exception.revokedAt() == null)
				.switchIfEmpty(Mono.error(ConflictProblem::new))
				.flatMap((exception) -> this.exceptions.revoke(id, staff.staffId(), reason, this.clock.instant()))
				.then(this.audit.record("policy.revoke", id.toString(), reason))
				.then(Mono.defer(() -> this.exceptions.find(id)))))
			.doOnNext((exception) -> this.gate.forget());
	}

	private Mono<ExceptionRow> existing(UUID id) {
		return this.exceptions.lock(id).switchIfEmpty(Mono.error(NotFoundProblem::new));
	}

	private Mono<ExceptionRow> requested(UUID id) {
		return existing(id).filter((exception) -> exception.state(this.clock.instant()) == ExceptionRow.State.REQUESTED)
			.switchIfEmpty(Mono.error(ConflictProblem::new));
	}

	private static boolean mayApprove(ExceptionRow exception, UUID staffId) {
		return !staffId.equals(exception.requestedBy()) && !staffId.equals(exception.firstApprover());
	}

	/** An exception holds for everybody, so nobody of a unit decides on it. */
	private static Mono<CurrentStaff> ofTheWholeCity() {
		return CurrentStaff.mono()
			.flatMap((staff) -> staff.units().isEmpty() ? Mono.just(staff) : Mono.error(new ForbiddenProblem()));
	}

}
