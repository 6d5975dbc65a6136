package cn.qingfeng.platform.security;

import java.util.Set;
import java.util.UUID;

import reactor.core.publisher.Mono;

/**
 * The member of staff behind the request.
 *
 * @param sessionId the session
 * @param staffId the account
 * @param username of the account
 * @param roles as in {@code x-roles} of the contract; none implies another
 * @param units what they administer, empty for the whole city
 */
public record CurrentStaff(UUID sessionId, UUID staffId, String username, Set<String> roles,
		Set<UUID> units) implements CurrentUser {

	public CurrentStaff {
		roles = Set.copyOf(roles);
		units = Set.copyOf(units);
	}

	/** From the security context; without one 401. */
	public static Mono<CurrentStaff> mono() {
		return Caller.current(CurrentStaff.class);
	}

	public boolean hasRole(String role) {
		return this.roles.contains(role);
	}

	@Override
	public String key() {
		return "staff:" + this.staffId;
	}

}
