package cn.qingfeng.staff.account;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.staff.Audit;
import cn.qingfeng.staff.Role;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Who is logged in, and ending that: administrators of the whole city keep the sessions
 * of all, everybody else their own.
 */
@Service
class SessionKeeping {

	private final StaffSessionRepository sessions;

	private final PasswordProof proof;

	private final PasswordChanging changing;

	private final StaffProperties properties;

	private final Audit audit;

	private final Transactions transactions;

	private final Clock clock;

	SessionKeeping(StaffSessionRepository sessions, PasswordProof proof, PasswordChanging changing,
			StaffProperties properties, Audit audit, Transactions transactions, Clock clock) {
		this.sessions = sessions;
		this.proof = proof;
		this.changing = changing;
		this.properties = properties;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
	}

	/** Those that are alive, newest first. */
	Mono<List<OpenSession>> list(UUID before, int limit) {
		Instant now = this.clock.instant();
		return CurrentStaff.mono()
			.flatMap((staff) -> this.sessions.list(ownerOnly(staff), before, now, now.minus(this.properties.idle()),
					limit));
	}

	/** Ends one; 404 when it is somebody else's and not the caller's to end. */
	Mono<Void> revoke(UUID sessionId) {
		return CurrentStaff.mono()
			.flatMap((staff) -> this.transactions.inTransaction(this.sessions.delete(sessionId, ownerOnly(staff))
				.filter((deleted) -> deleted)
				.switchIfEmpty(Mono.error(NotFoundProblem::new))
				.then(this.audit.record("session.revoke", sessionId.toString()))));
	}

	/** Changes one's own password; all other sessions of the account end. */
	Mono<Void> changePassword(String password, String newPassword) {
		return CurrentStaff.mono()
			.flatMap((staff) -> this.proof.ofCurrent(password)
				.flatMap((account) -> this.changing.accept(account, newPassword))
				.flatMap((hash) -> this.transactions.inTransaction(this.changing.replace(staff.staffId(), hash)
					.then(this.sessions.deleteOthers(staff.staffId(), staff.sessionId()))
					.then(this.audit.record("staff.password-change", staff.staffId().toString())))));
	}

	private static @Nullable UUID ownerOnly(CurrentStaff staff) {
		return (staff.hasRole(Role.ADMIN.name()) && staff.units().isEmpty()) ? null : staff.staffId();
	}

	/**
	 * A session that is alive.
	 *
	 * @param id of the session
	 * @param staffId whose
	 * @param username of the account
	 * @param displayName of the person
	 * @param address from where it was begun, null for an old one
	 * @param createdAt when it was begun
	 * @param lastUsedAt when it was last used, to the minute
	 * @param expiresAt when it ends in any case
	 */
	record OpenSession(UUID id, UUID staffId, String username, String displayName, @Nullable String address,
			Instant createdAt, Instant lastUsedAt, Instant expiresAt) {

	}

}
