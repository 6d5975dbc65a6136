package cn.qingfeng.platform.security;

import java.nio.charset.StandardCharsets;
import java.security.DrbgParameters;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Secrets of sessions: 256 random bits to the client, only their digest in the database.
 */
public final class Tokens {

	/** Characters of a secret. */
	public static final int LENGTH = 43;

	private static final int BYTES = 32;

	private static final SecureRandom RANDOM = drbg();

	private Tokens() {
	}

	/** 256 random bits in base64url, {@link #LENGTH} characters. */
	public static String random() {
		byte[] secret = new byte[BYTES];
		RANDOM.nextBytes(secret);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
	}

	/** SHA-256: a token has enough entropy to need no salt. */
	public static byte[] digest(String token) {
		return sha256().digest(token.getBytes(StandardCharsets.UTF_8));
	}

	public static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

	/** Compares in a time that tells nothing. */
	public static boolean same(String one, String other) {
		return MessageDigest.isEqual(digest(one), digest(other));
	}

	/** Seeded once from the operating system; asks it no more, so it never blocks. */
	private static SecureRandom drbg() {
		try {
			return SecureRandom.getInstance("DRBG",
					DrbgParameters.instantiation(256, DrbgParameters.Capability.RESEED_ONLY, null));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has DRBG", ex);
		}
	}

}
