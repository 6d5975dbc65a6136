package cn.qingfeng.platform.security;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The WeChat account behind the request, and the member it is bound to, if any.
 *
 * @param sessionId the session
 * @param accountId the WeChat account
 * @param boundMemberId the member of the roster, null until bound
 */
public record CurrentMember(UUID sessionId, UUID accountId, @Nullable UUID boundMemberId) implements CurrentUser {

	/** From the security context; without one 401. */
	public static Mono<CurrentMember> mono() {
		return Caller.current(CurrentMember.class);
	}

	/** The bound member; 403 {@code not-bound} without one. */
	public static Mono<UUID> memberId() {
		return mono().flatMap((current) -> Mono.justOrEmpty(current.boundMemberId()))
			.switchIfEmpty(Mono.error(NotBoundProblem::new));
	}

	@Override
	public String key() {
		return "member:" + this.accountId;
	}

}
