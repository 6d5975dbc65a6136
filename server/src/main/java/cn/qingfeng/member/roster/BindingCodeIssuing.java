package cn.qingfeng.member.roster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import cn.qingfeng.member.roster.BindingCodeRepository.Unbound;
import cn.qingfeng.member.unit.UnitTree;
import cn.qingfeng.member.unit.Units;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.staff.Audit;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Gives out one-time binding codes; each replaces the one before.
 */
@Service
class BindingCodeIssuing {

	private static final Duration VALID = Duration.ofDays(7);

	private static final int MOST_SLIPS = 2_000;

	private final RosterReadModel roster;

	private final Units units;

	private final BindingCodeRepository codes;

	private final Audit audit;

	private final Transactions transactions;

	private final Clock clock;

	BindingCodeIssuing(RosterReadModel roster, Units units, BindingCodeRepository codes, Audit audit,
			Transactions transactions, Clock clock) {
		this.roster = roster;
		this.units = units;
		this.codes = codes;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
	}

	/** A member of a foreign unit is not found. */
	Mono<Issued> issue(UUID memberId) {
		return CurrentStaff.mono()
			.flatMap((staff) -> this.roster.findUnit(memberId)
				.filterWhen((unit) -> this.units.tree().map((tree) -> tree.scope(staff.units()).contains(unit)))
				.switchIfEmpty(Mono.error(NotFoundProblem::new))
				.flatMap((unit) -> issue(memberId, staff.staffId())));
	}

	/**
	 * Codes for all members of a unit and of those below it who are not bound; a foreign
	 * unit is not found.
	 */
	Mono<Printed> issueAll(UUID unitId) {
		return CurrentStaff.mono()
			.zipWith(this.units.tree())
			.flatMap((who) -> issueAll(who.getT1(), who.getT2(), unitId));
	}

	private Mono<Printed> issueAll(CurrentStaff staff, UnitTree tree, UUID unitId) {
		Instant now = this.clock.instant();
		Instant expiresAt = now.plus(VALID);
		Mono<Printed> issuing = this.codes.unbound(tree.asked(staff.units(), unitId), MOST_SLIPS + 1)
			.map(BindingCodeIssuing::slips)
			.flatMap((slips) -> this.codes.save(codes(slips), staff.staffId(), now, expiresAt)
				.then(Mono.defer(() -> this.audit.record("unit.binding-codes.print", unitId.toString(),
						slips.size() + " codes")))
				.thenReturn(new Printed(tree.name(unitId), slips, expiresAt)));
		return this.transactions.inTransaction(issuing);
	}

	private Mono<Issued> issue(UUID memberId, UUID staffId) {
		BindingCode code = BindingCode.random();
		Instant now = this.clock.instant();
		Instant expiresAt = now.plus(VALID);
		Mono<Issued> issuing = this.codes.save(Map.of(memberId, code), staffId, now, expiresAt)
			.then(Mono.defer(() -> this.audit.record("member.binding-code.create", memberId.toString())))
			.thenReturn(new Issued(code.printed(), expiresAt));
		return this.transactions.inTransaction(issuing);
	}

	private static Map<UUID, BindingCode> codes(List<Slip> slips) {
		return slips.stream().collect(Collectors.toMap((slip) -> slip.member().id(), Slip::code));
	}

	private static List<Slip> slips(List<Unbound> members) {
		if (members.size() > MOST_SLIPS) {
			throw Violations.of("id", "一次最多打印 %d 人，请按下级单位分别打印".formatted(MOST_SLIPS));
		}
		return members.stream().map((member) -> new Slip(member, BindingCode.random())).toList();
	}

	/**
	 * A code, told only now.
	 *
	 * @param code as it is printed
	 * @param expiresAt until when it may be used
	 */
	record Issued(String code, Instant expiresAt) {

		@Override
		public String toString() {
			return "Issued[***]";
		}

	}

	/**
	 * A code for somebody.
	 *
	 * @param member whose
	 * @param code told only now
	 */
	record Slip(Unbound member, BindingCode code) {

	}

	/**
	 * What is to be printed.
	 *
	 * @param unit name of the unit that was asked for
	 * @param slips in the order of units and names
	 * @param expiresAt until when the codes may be used
	 */
	record Printed(String unit, List<Slip> slips, Instant expiresAt) {

		@Override
		public String toString() {
			return "Printed[%d slips]".formatted(this.slips.size());
		}

	}

}
