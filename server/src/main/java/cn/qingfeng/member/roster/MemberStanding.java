package cn.qingfeng.member.roster;

import java.time.Clock;
import java.util.UUID;

import cn.qingfeng.member.unit.UnitTree;
import cn.qingfeng.member.unit.Units;
import cn.qingfeng.platform.problem.ConflictProblem;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.reactor.LogContext;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.staff.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Members who change units, go and come back. Each step is kept; asking for what is so
 * already changes nothing.
 */
@Service
class MemberStanding {

	private static final Logger log = LoggerFactory.getLogger(MemberStanding.class);

	private static final String ACTIVE = "ACTIVE";

	private final MemberStandingRepository members;

	private final RosterReadModel roster;

	private final Units units;

	private final Audit audit;

	private final Transactions transactions;

	private final Clock clock;

	MemberStanding(MemberStandingRepository members, RosterReadModel roster, Units units, Audit audit,
			Transactions transactions, Clock clock) {
		this.members = members;
		this.roster = roster;
		this.units = units;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
	}

	/** Both units must be those of the one who asks. */
	Mono<RosterReadModel.Entry> transfer(UUID memberId, UUID unitId) {
		return CurrentStaff.mono()
			.zipWith(this.units.tree())
			.flatMap((who) -> changed(memberId,
					lockIn(who.getT1(), who.getT2(), memberId).flatMap((standing) -> transfer(memberId, standing,
							requireIn(who.getT1(), who.getT2(), unitId), who.getT1()))));
	}

	/** Ends sessions, binding and binding code along with it. */
	Mono<RosterReadModel.Entry> leave(UUID memberId, String status) {
		return CurrentStaff.mono()
			.zipWith(this.units.tree())
			.flatMap((who) -> changed(memberId, lockIn(who.getT1(), who.getT2(), memberId)
				.flatMap((standing) -> leave(memberId, standing, status, who.getT1()))));
	}

	Mono<RosterReadModel.Entry> reinstate(UUID memberId) {
		return CurrentStaff.mono()
			.zipWith(this.units.tree())
			.flatMap((who) -> changed(memberId,
					lockIn(who.getT1(), who.getT2(), memberId).flatMap((standing) -> standing.status().equals(ACTIVE)
							? Mono.empty() : become(memberId, standing, ACTIVE, who.getT1()))));
	}

	private Mono<Void> transfer(UUID memberId, Standing standing, UUID unitId, CurrentStaff staff) {
		if (!standing.status().equals(ACTIVE)) {
			return Mono.error(ConflictProblem::new);
		}
		if (standing.unitId().equals(unitId)) {
			return Mono.empty();
		}
		return this.members.move(memberId, standing.unitId(), unitId, staff.staffId(), this.clock.instant())
			.then(Mono.defer(() -> this.audit.record("member.transfer", memberId.toString(), unitId.toString())));
	}

	private Mono<Void> leave(UUID memberId, Standing standing, String status, CurrentStaff staff) {
		if (standing.status().equals(status)) {
			return Mono.empty();
		}
		if (!standing.status().equals(ACTIVE)) {
			return Mono.error(ConflictProblem::new);
		}
		return this.members.endAccess(memberId).then(Mono.defer(() -> become(memberId, standing, status, staff)));
	}

	private Mono<Void> become(UUID memberId, Standing standing, String status, CurrentStaff staff) {
		return this.members.become(memberId, standing.status(), status, staff.staffId(), this.clock.instant())
			.then(Mono.defer(() -> this.audit.record("member.status", memberId.toString(), status)))
			.then(LogContext.line(() -> log.info("member {} is now {}", memberId, status)));
	}

	private Mono<RosterReadModel.Entry> changed(UUID memberId, Mono<Void> change) {
		return this.transactions.inTransaction(change)
			.onErrorMap(Units::told)
			.then(Mono.defer(() -> this.roster.find(memberId)));
	}

	private Mono<Standing> lockIn(CurrentStaff staff, UnitTree tree, UUID memberId) {
		return this.members.lock(memberId)
			.filter((standing) -> tree.scope(staff.units()).contains(standing.unitId()))
			.switchIfEmpty(Mono.error(NotFoundProblem::new));
	}

	private static UUID requireIn(CurrentStaff staff, UnitTree tree, UUID unitId) {
		if (!tree.scope(staff.units()).contains(unitId)) {
			throw Violations.of("unitId", "没有这个单位，或不归您管理");
		}
		return unitId;
	}

	/**
	 * Where a member stands.
	 *
	 * @param unitId of the unit
	 * @param status ACTIVE, TRANSFERRED, RETIRED or LEFT
	 */
	record Standing(UUID unitId, String status) {

	}

}
