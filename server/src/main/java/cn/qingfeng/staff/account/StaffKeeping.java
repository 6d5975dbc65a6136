package cn.qingfeng.staff.account;

import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.platform.problem.ConflictProblem;
import cn.qingfeng.platform.problem.ForbiddenProblem;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.StaleVersionProblem;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.reactor.LogContext;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.security.Tokens;
import cn.qingfeng.staff.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Keeps the accounts of staff. Only administrators of the whole city do, and none their
 * own: nobody can give themselves a right. What is changed counts on the next request of
 * that person on every node.
 */
@Service
class StaffKeeping {

	private static final Logger log = LoggerFactory.getLogger(StaffKeeping.class);

	private static final int INITIAL_LENGTH = 16;

	private final StaffAccountRepository accounts;

	private final StaffSessionRepository sessions;

	private final TotpEnrolling totp;

	private final Passwords passwords;

	private final Audit audit;

	private final Transactions transactions;

	private final Clock clock;

	StaffKeeping(StaffAccountRepository accounts, StaffSessionRepository sessions, TotpEnrolling totp,
			Passwords passwords, Audit audit, Transactions transactions, Clock clock) {
		this.accounts = accounts;
		this.sessions = sessions;
		this.totp = totp;
		this.passwords = passwords;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
	}

	/** Opens an account with a password that is good for the first log-in. */
	Mono<Opened> open(Username username, Grants grants) {
		String password = initialPassword();
		return keeper().then(requireUnits(grants))
			.then(this.passwords.hash(password))
			.flatMap((hash) -> this.transactions.inTransaction(insert(username, grants, hash)))
			.flatMap(this.accounts::find)
			.map((account) -> new Opened(account, password));
	}

	/** Changes names, roles, units, and whether the person may log in. */
	Mono<ManagedAccount> change(UUID id, Grants grants, boolean active, long version) {
		return other(id).then(requireUnits(grants))
			.then(this.transactions.inTransaction(update(id, grants, active, version)))
			.then(this.accounts.find(id));
	}

	/** A new password for the next log-in; all sessions end. */
	Mono<Opened> resetPassword(UUID id) {
		String password = initialPassword();
		return other(id).then(this.passwords.hash(password))
			.flatMap((hash) -> this.transactions
				.inTransaction(this.accounts.replacePassword(id, hash, true, this.clock.instant())
					.then(this.sessions.deleteAll(id))
					.then(this.audit.record("staff.password-reset", id.toString()))))
			.then(this.accounts.find(id))
			.map((account) -> new Opened(account, password));
	}

	/** For somebody whose phone is gone. */
	Mono<Void> removeTotp(UUID id) {
		return other(id).then(this.totp.remove(id));
	}

	private Mono<UUID> insert(Username username, Grants grants, String hash) {
		return this.accounts.insert(username, grants, hash, this.clock.instant())
			.switchIfEmpty(Mono.error(ConflictProblem::new))
			.flatMap((id) -> this.audit.record("staff.open", id.toString(), describe(grants, true))
				.then(LogContext.line(() -> log.info("account {} was opened", id)))
				.thenReturn(id));
	}

	private Mono<Void> update(UUID id, Grants grants, boolean active, long version) {
		return this.accounts.update(id, grants, active, version)
			.switchIfEmpty(Mono.error(StaleVersionProblem::new))
			.then(active ? Mono.empty() : this.sessions.deleteAll(id))
			.then(this.audit.record("staff.change", id.toString(), describe(grants, active)));
	}

	/** An account that is there and is not the caller's own. */
	private Mono<Void> other(UUID id) {
		return keeper().flatMap((keeper) -> keeper.staffId().equals(id) ? Mono.error(new OwnAccountProblem())
				: this.accounts.find(id).switchIfEmpty(Mono.error(NotFoundProblem::new)))
			.then();
	}

	private static Mono<CurrentStaff> keeper() {
		return CurrentStaff.mono()
			.flatMap((staff) -> staff.units().isEmpty() ? Mono.just(staff) : Mono.error(new ForbiddenProblem()));
	}

	private Mono<Void> requireUnits(Grants grants) {
		return this.accounts.countUnits(grants.unitIds())
			.flatMap((known) -> (known == grants.units().size()) ? Mono.empty()
					: Mono.error(Violations.of("units", "单位不存在")));
	}

	private static String describe(Grants grants, boolean active) {
		Set<UUID> units = new HashSet<>(grants.units());
		return "roles %s, units %s, %s".formatted(Arrays.toString(grants.roleNames()), units,
				active ? "active" : "closed");
	}

	private static String initialPassword() {
		return Tokens.random().substring(0, INITIAL_LENGTH);
	}

	/**
	 * An account and the password that was made for it.
	 *
	 * @param account whose
	 * @param password in clear, told once
	 */
	record Opened(ManagedAccount account, String password) {

		@Override
		public String toString() {
			return "Opened[%s]".formatted(this.account.id());
		}

	}

}
