package cn.qingfeng.platform.security;

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

}
