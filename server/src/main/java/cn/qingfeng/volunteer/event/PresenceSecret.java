package cn.qingfeng.volunteer.event;

import java.security.SecureRandom;

/**
 * The secret of one event from which its presence codes follow.
 */
final class PresenceSecret {

	private static final int BYTES = 32;

	private static final SecureRandom RANDOM = new SecureRandom();

	private PresenceSecret() {
	}

	static byte[] random() {
		byte[] secret = new byte[BYTES];
		RANDOM.nextBytes(secret);
		return secret;
	}

}
