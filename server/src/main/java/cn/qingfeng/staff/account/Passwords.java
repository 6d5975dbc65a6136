package cn.qingfeng.staff.account;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

import cn.qingfeng.platform.problem.BusyProblem;
import cn.qingfeng.platform.reactor.BoundedScheduler;
import cn.qingfeng.platform.security.Tokens;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Argon2id hashes (19 MiB, two passes, one lane). A hash takes a tenth of a second of a
 * core, so few run at once, on threads of their own, and when too many wait the next
 * caller is told to come back.
 */
@Component
public class Passwords implements DisposableBean {

	private static final int THREADS = 2;

	private static final int WAITING = 100;

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);

	private final BoundedScheduler scheduler = BoundedScheduler.of("passwords", THREADS, WAITING);

	/** Of no password: compared with when there is no such account, at the same cost. */
	private final String hashOfNobody = encode(Tokens.random());

	public Mono<String> hash(String password) {
		return this.scheduler.<String>call(() -> encode(password), PATIENCE)
			.onErrorMap(Passwords::isOverload, (ex) -> new BusyProblem());
	}

	/**
	 * Compares a password with a hash.
	 * @param password as typed
	 * @param hash of the account, null when there is no such account
	 * @return whether it is the right one, after the same time in every case
	 */
	Mono<Boolean> matches(String password, @Nullable String hash) {
		return this.scheduler.<Boolean>call(() -> compare(password, hash), PATIENCE)
			.onErrorMap(Passwords::isOverload, (ex) -> new BusyProblem());
	}

	@Override
	public void destroy() {
		this.scheduler.close();
	}

	private boolean compare(String password, @Nullable String hash) {
		boolean matches = this.encoder.matches(password, (hash != null) ? hash : this.hashOfNobody);
		return matches && hash != null;
	}

	private String encode(String password) {
		String hash = this.encoder.encode(password);
		if (hash == null) {
			throw new IllegalStateException("no hash");
		}
		return hash;
	}

	private static boolean isOverload(Throwable error) {
		return error instanceof RejectedExecutionException || error instanceof TimeoutException;
	}

}
