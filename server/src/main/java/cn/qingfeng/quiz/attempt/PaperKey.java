package cn.qingfeng.quiz.attempt;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import cn.qingfeng.quiz.round.Seed;

/**
 * All the chance of one paper: {@code HMAC-SHA256(seed, member ‖ number)}. Whoever has
 * the seed of the round can make it again.
 */
final class PaperKey {

	private static final String ALGORITHM = "HmacSHA256";

	private final byte[] bytes;

	private PaperKey(byte[] bytes) {
		this.bytes = bytes;
	}

	static PaperKey of(Seed seed, UUID memberId, int number) {
		ByteBuffer paper = ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES);
		paper.putLong(memberId.getMostSignificantBits()).putLong(memberId.getLeastSignificantBits()).putInt(number);
		return new PaperKey(mac(seed.bytes()).doFinal(paper.array()));
	}

	/** HMAC-SHA256 under this key, for one thread. */
	Mac mac() {
		return mac(this.bytes);
	}

	/** Of the options on this paper. */
	PaperNames names() {
		return new PaperNames(this);
	}

	private static Mac mac(byte[] key) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(key, ALGORITHM));
			return mac;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every JDK has HmacSHA256", ex);
		}
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof PaperKey key && Arrays.equals(this.bytes, key.bytes);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.bytes);
	}

	@Override
	public String toString() {
		return "PaperKey[sealed]";
	}

}
