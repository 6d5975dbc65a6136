package cn.qingfeng.staff.account;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.problem.Violations;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Replaces passwords by better ones.
 */
@Component
class PasswordChanging {

	private final StaffAccountRepository accounts;

	private final Passwords passwords;

	private final PasswordPolicy policy;

	private final Clock clock;

	PasswordChanging(StaffAccountRepository accounts, Passwords passwords, PasswordPolicy policy, Clock clock) {
		this.accounts = accounts;
		this.passwords = passwords;
		this.policy = policy;
		this.clock = clock;
	}

	/**
	 * Checks and hashes a password that its owner chose.
	 * @param account whose
	 * @param password the new one
	 * @return its hash; 422 when it is weak or was used before
	 */
	Mono<String> accept(StaffAccount account, String password) {
		return Mono.fromRunnable(() -> this.policy.require(password, account.username(), account.displayName()))
			.then(Mono.defer(() -> this.accounts.findHashes(account.id(), this.policy.rules().history())))
			.flatMap((former) -> isUsed(password, former))
			.flatMap((used) -> used ? Mono.error(Violations.of("newPassword", "不能使用最近用过的密码"))
					: this.passwords.hash(password));
	}

	/** Stores what was accepted, in the caller's transaction. */
	Mono<Void> replace(UUID staffId, String hash) {
		return this.accounts.replacePassword(staffId, hash, false, this.clock.instant());
	}

	private Mono<Boolean> isUsed(String password, List<String> former) {
		return Flux.fromIterable(former)
			.concatMap((hash) -> this.passwords.matches(password, hash))
			.any((matches) -> matches);
	}

}
