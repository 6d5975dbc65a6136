package cn.qingfeng.staff.account;

import cn.qingfeng.platform.limit.Guesses;
import cn.qingfeng.platform.problem.InvalidRequestProblem;
import cn.qingfeng.platform.problem.UnauthenticatedProblem;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.security.CurrentStaff;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Asks the person behind a session for the password again before something that whoever
 * found the console open must not do. Guesses are limited as at the log-in.
 */
@Component
class PasswordProof {

	private final StaffSessionRepository sessions;

	private final Passwords passwords;

	private final Guesses guesses;

	PasswordProof(StaffSessionRepository sessions, Passwords passwords, Guesses guesses) {
		this.sessions = sessions;
		this.passwords = passwords;
		this.guesses = guesses;
	}

	/** The account of the session; 422 when the password is wrong. */
	Mono<StaffAccount> ofCurrent(String password) {
		return CurrentStaff.mono()
			.flatMap((staff) -> this.guesses.limited("staff-proof|" + staff.staffId(), StaffLoggingIn.PER_ACCOUNT,
					check(staff, password), InvalidRequestProblem.class::isInstance));
	}

	private Mono<StaffAccount> check(CurrentStaff staff, String password) {
		return this.sessions.findCredentials(Username.of(staff.username()), "", new byte[0])
			.switchIfEmpty(Mono.error(UnauthenticatedProblem::new))
			.flatMap((credentials) -> this.passwords.matches(password, credentials.passwordHash())
				.flatMap((matches) -> matches ? Mono.just(credentials.account())
						: Mono.error(Violations.of("password", "密码不正确"))));
	}

}
