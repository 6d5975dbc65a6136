package cn.qingfeng;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.security.CurrentUser;
import cn.qingfeng.platform.security.Realm;
import cn.qingfeng.platform.security.SessionAuthenticator;
import cn.qingfeng.platform.security.Tokens;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;

/**
 * Sessions without a log-in, for tests that are not about logging in:
 * {@code client.get().uri(..).headers(sessions.staff("AUTHOR"))}. They stand beside the
 * real sessions.
 */
public class TestSessions {

	private static final String NEVER_FOUND = "test-never-found";

	private final Map<String, CurrentUser> users = new ConcurrentHashMap<>();

	/** Staff of a new id, of the whole city. */
	public Consumer<HttpHeaders> staff(String... roles) {
		return staff(UUID.randomUUID(), roles);
	}

	public Consumer<HttpHeaders> staff(UUID staffId, String... roles) {
		return as(new CurrentStaff(UUID.randomUUID(), staffId, "tester", Set.of(roles), Set.of()));
	}

	/** A bound member; the ids may be those of rows that the test made. */
	public Consumer<HttpHeaders> member(UUID accountId, UUID memberId) {
		return as(new CurrentMember(UUID.randomUUID(), accountId, memberId));
	}

	/** An account that is not bound. */
	public Consumer<HttpHeaders> account(UUID accountId) {
		return as(new CurrentMember(UUID.randomUUID(), accountId, null));
	}

	/** A session that is looked up without end, as in a database that hangs. */
	public Consumer<HttpHeaders> neverFound() {
		return (headers) -> headers.setBearerAuth(NEVER_FOUND);
	}

	public Consumer<HttpHeaders> as(CurrentUser user) {
		String token = token(user);
		return (headers) -> headers.setBearerAuth(token);
	}

	public String token(CurrentUser user) {
		String token = "test-" + Tokens.random();
		this.users.put(token, user);
		return token;
	}

	@Bean
	SessionAuthenticator testMemberSessions() {
		return new Authenticator(Realm.MEMBER, CurrentMember.class, this.users, ConcurrentHashMap.newKeySet());
	}

	@Bean
	SessionAuthenticator testStaffSessions() {
		return new Authenticator(Realm.STAFF, CurrentStaff.class, this.users, ConcurrentHashMap.newKeySet());
	}

	/** Remembers whom it was asked for, as the real ones do. */
	private record Authenticator(Realm realm, Class<? extends CurrentUser> type, Map<String, CurrentUser> users,
			Set<String> asked) implements SessionAuthenticator {

		@Override
		public Mono<? extends CurrentUser> authenticate(String token) {
			if (NEVER_FOUND.equals(token)) {
				return Mono.never();
			}
			return Mono.fromRunnable(() -> this.asked.add(token)).then(Mono.defer(() -> Mono.justOrEmpty(user(token))));
		}

		@Override
		public Optional<? extends CurrentUser> remembered(String token) {
			return this.asked.contains(token) ? user(token) : Optional.empty();
		}

		private Optional<CurrentUser> user(String token) {
			return Optional.ofNullable(this.users.get(token)).filter(this.type::isInstance);
		}

	}

}
