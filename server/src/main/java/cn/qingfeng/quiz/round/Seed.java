package cn.qingfeng.quiz.round;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The 256 random bits from which every paper of a round is drawn. Its hash is published
 * with the round and the seed itself after closing, so anyone can check that nobody chose
 * the papers.
 */
public final class Seed {

	public static final String ALGORITHM = "SHA-256";

	private static final int LENGTH = 32;

	private final byte[] bytes;

	private Seed(byte[] bytes) {
		this.bytes = bytes;
	}

	public static Seed of(byte[] bytes) {
		if (bytes.length != LENGTH) {
			throw new IllegalArgumentException("a seed has 32 bytes");
		}
		return new Seed(bytes.clone());
	}

	static Seed random(SecureRandom random) {
		byte[] bytes = new byte[LENGTH];
		random.nextBytes(bytes);
		return new Seed(bytes);
	}

	public byte[] bytes() {
		return this.bytes.clone();
	}

	/** In hexadecimal: only to be told after closing. */
	public String reveal() {
		return HexFormat.of().formatHex(this.bytes);
	}

	/** SHA-256 in hexadecimal: to be told at once. */
	public String commitment() {
		return sha256(this.bytes);
	}

	static String sha256(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance(ALGORITHM).digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

	@Override
	public String toString() {
		return "Seed[sealed]";
	}

}
