package cn.qingfeng.staff.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import cn.qingfeng.platform.limit.GuessLimit;
import cn.qingfeng.platform.limit.Guesses;
import cn.qingfeng.platform.reactor.LogContext;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.security.Tokens;
import cn.qingfeng.staff.Audit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Logging in and out. Five wrong passwords in a quarter of an hour are all that an
 * account allows to strangers together, from however many addresses; a browser in which,
 * or else an address from which, the owner has logged in before has a budget of its own,
 * so that strangers cannot lock the owner out.
 */
@Service
class StaffLoggingIn {

	private static final Logger log = LoggerFactory.getLogger(StaffLoggingIn.class);

	private static final Duration QUARTER = Duration.ofMinutes(15);

	static final GuessLimit PER_ACCOUNT = new GuessLimit(5, QUARTER,
			List.of(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(30)), true);

	/** One password tried on many accounts. */
	private static final GuessLimit PER_ADDRESS = new GuessLimit(100, QUARTER, List.of(), false);

	private final StaffSessionRepository sessions;

	private final Passwords passwords;

	private final PasswordPolicy policy;

	private final PasswordChanging changing;

	private final SecondFactor secondFactor;

	private final Guesses guesses;

	private final Audit audit;

	private final Transactions transactions;

	private final StaffProperties properties;

	private final Clock clock;

	StaffLoggingIn(StaffSessionRepository sessions, Passwords passwords, PasswordPolicy policy,
			PasswordChanging changing, SecondFactor secondFactor, Guesses guesses, Audit audit,
			Transactions transactions, StaffProperties properties, Clock clock) {
		this.sessions = sessions;
		this.passwords = passwords;
		this.policy = policy;
		this.changing = changing;
		this.secondFactor = secondFactor;
		this.guesses = guesses;
		this.audit = audit;
		this.transactions = transactions;
		this.properties = properties;
		this.clock = clock;
	}

	Mono<LoggedIn> logIn(LogIn command) {
		return this.sessions.findCredentials(command.username(), command.address(), command.device().digest())
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((credentials) -> limited(command, credentials, check(command, credentials)));
	}

	Mono<Void> logOut() {
		return CurrentStaff.mono().flatMap((staff) -> {
			Mono<Void> ending = this.sessions.delete(staff.sessionId())
				.then(this.audit.record("session.end", staff.sessionId().toString()));
			return this.transactions.inTransaction(ending);
		});
	}

	private Mono<LoggedIn> limited(LogIn command, Optional<Credentials> credentials, Mono<LoggedIn> check) {
		String account = "staff-account|" + command.username().value();
		if (credentials.map(Credentials::knownDevice).orElse(false)) {
			return this.guesses.limited(account + "|device|" + command.device().value(), PER_ACCOUNT, check,
					LogInFailedProblem.class::isInstance);
		}
		if (credentials.map(Credentials::knownAddress).orElse(false)) {
			return this.guesses.limited(account + "|" + command.address(), PER_ACCOUNT, check,
					LogInFailedProblem.class::isInstance);
		}
		Mono<LoggedIn> fromElsewhere = this.guesses.limited(account, PER_ACCOUNT, check,
				LogInFailedProblem.class::isInstance);
		return this.guesses.limited("staff-address|" + command.address(), PER_ADDRESS, fromElsewhere,
				LogInFailedProblem.class::isInstance);
	}

	private Mono<LoggedIn> check(LogIn command, Optional<Credentials> credentials) {
		return this.passwords.matches(command.password(), credentials.map(Credentials::passwordHash).orElse(null))
			.flatMap((matches) -> credentials.filter((found) -> matches && found.active())
				.map((found) -> admit(command, found))
				.orElseGet(() -> refuse(command, credentials)));
	}

	/** The password is right. A code is spent only when nothing else is missing. */
	private Mono<LoggedIn> admit(LogIn command, Credentials found) {
		if (found.totp() && command.otp() == null && command.recoveryCode() == null) {
			return Mono.error(new OtpRequiredProblem());
		}
		return newHash(command, found).flatMap((hash) -> this.secondFactor.accepts(found, command)
			.flatMap((accepted) -> accepted ? begin(found.account(), command, hash)
					: refuse(command, Optional.of(found))));
	}

	/** Of the new password; empty when the old one stays. */
	private Mono<Optional<String>> newHash(LogIn command, Credentials found) {
		if (command.newPassword() != null) {
			return this.changing.accept(found.account(), command.newPassword()).map(Optional::of);
		}
		boolean due = found.mustChangePassword()
				|| this.policy.isTooOld(found.passwordChangedAt(), this.clock.instant());
		return due ? Mono.error(new PasswordChangeRequiredProblem()) : Mono.just(Optional.empty());
	}

	private Mono<Void> change(StaffAccount account, String hash) {
		return this.changing.replace(account.id(), hash)
			.then(this.sessions.deleteAll(account.id()))
			.then(this.audit.recordAs(account.username(), account.id(), "staff.password-change",
					account.id().toString()));
	}

	private Mono<LoggedIn> begin(StaffAccount account, LogIn command, Optional<String> newHash) {
		Instant now = this.clock.instant();
		Instant expiresAt = now.plus(this.properties.absolute());
		String token = Tokens.random();
		Mono<LoggedIn> beginning = newHash.map((hash) -> change(account, hash))
			.orElse(Mono.empty())
			.then(this.sessions.insert(account.id(), token, command.address(), now, expiresAt))
			.flatMap((id) -> this.sessions.rememberAddress(account.id(), command.address(), now)
				.then(this.sessions.rememberDevice(account.id(), command.device().digest(), now))
				.then(this.audit.recordAs(account.username(), account.id(), "session.begin", id.toString())))
			.thenReturn(new LoggedIn(token, expiresAt, account));
		return this.transactions.inTransaction(beginning)
			.delayUntil((done) -> LogContext.line(() -> log.info("staff {} logged in", account.id())));
	}

	private Mono<LoggedIn> refuse(LogIn command, Optional<Credentials> credentials) {
		return LogContext.line(() -> log.warn("a log-in from {} was refused", command.address()))
			.then(this.audit.refused("session.begin",
					credentials.map((found) -> found.account().username()).orElse("unknown account")))
			.then(Mono.error(LogInFailedProblem::new));
	}

	/**
	 * Somebody wants in.
	 *
	 * @param username as typed
	 * @param password as typed
	 * @param otp one-time code of the app, if any
	 * @param recoveryCode in place of it
	 * @param newPassword to be changed to, if any
	 * @param address from where
	 * @param device with which browser
	 */
	record LogIn(Username username, String password, @Nullable String otp, @Nullable String recoveryCode,
			@Nullable String newPassword, String address, StaffDevice device) {

		@Override
		public String toString() {
			return "LogIn[***]";
		}

	}

	/**
	 * Somebody is in.
	 *
	 * @param token to be sent with each request; told only now
	 * @param expiresAt when it ends at the latest
	 * @param account who
	 */
	record LoggedIn(String token, Instant expiresAt, StaffAccount account) {

		@Override
		public String toString() {
			return "LoggedIn[%s]".formatted(this.account.id());
		}

	}

}
