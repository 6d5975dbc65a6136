package cn.qingfeng.member.roster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import cn.qingfeng.member.privacy.PersonalData;
import cn.qingfeng.member.unit.Units;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.staff.Audit;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;

/**
 * Gives out a one-time binding code; it replaces the one before.
 */
@Service
class BindingCodeIssuing {

	private static final Duration VALID = Duration.ofDays(7);

	private final RosterReadModel roster;

	private final Units units;

	private final DatabaseClient database;

	private final PersonalData personalData;

	private final Audit audit;

	private final Transactions transactions;

	private final Clock clock;

	BindingCodeIssuing(RosterReadModel roster, Units units, DatabaseClient database, PersonalData personalData,
			Audit audit, Transactions transactions, Clock clock) {
		this.roster = roster;
		this.units = units;
		this.database = database;
		this.personalData = personalData;
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

	private Mono<Issued> issue(UUID memberId, UUID staffId) {
		BindingCode code = BindingCode.random();
		Instant now = this.clock.instant();
		Instant expiresAt = now.plus(VALID);
		Mono<Issued> issuing = this.database.sql("""
				INSERT INTO binding_code (member_id, code_digest, created_by, created_at, expires_at)
				VALUES (:memberId, :digest, :staffId, :now, :expiresAt)
				ON CONFLICT (member_id) DO UPDATE SET code_digest = excluded.code_digest, used_at = NULL,
					created_by = excluded.created_by, created_at = excluded.created_at, expires_at = excluded.expires_at
				""")
			.bind("memberId", memberId)
			.bind("digest", code.digest(this.personalData))
			.bind("staffId", staffId)
			.bind("now", now)
			.bind("expiresAt", expiresAt)
			.then()
			.then(Mono.defer(() -> this.audit.record("member.binding-code.create", memberId.toString())))
			.thenReturn(new Issued(code.printed(), expiresAt));
		return this.transactions.inTransaction(issuing);
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

}
