package cn.qingfeng.platform.security;

import java.util.Optional;

import reactor.core.publisher.Mono;

/**
 * Knows the sessions of one realm. Implemented by the feature that owns them.
 */
public interface SessionAuthenticator {

	Realm realm();

	/**
	 * Finds the user of a token.
	 * @param token as the client sent it: any text
	 * @return the user, empty when the token is unknown, expired or revoked
	 */
	Mono<? extends CurrentUser> authenticate(String token);

	/**
	 * Finds the user of a token without asking anybody.
	 * @param token as the client sent it: any text
	 * @return the user, empty when that takes longer or there is none
	 */
	default Optional<? extends CurrentUser> remembered(String token) {
		return Optional.empty();
	}

}
