package cn.qingfeng.staff.account;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.LongStream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import cn.qingfeng.platform.security.Tokens;

/**
 * One-time codes of an authenticator app (RFC 6238: SHA-1, 30 seconds, six digits, as
 * every app has them).
 *
 * @param secret shared with the app, 20 bytes
 */
record Totp(byte[] secret) {

	static final int SECRET_BYTES = 20;

	private static final long STEP_SECONDS = 30;

	/** Clocks of phones are off by some seconds. */
	private static final long GRACE_STEPS = 1;

	private static final int MODULUS = 1_000_000;

	private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

	/**
	 * The step that a code belongs to.
	 * @param code as typed
	 * @param now the server's time
	 * @return the step, to be accepted only once; empty when the code is wrong
	 */
	OptionalLong match(String code, Instant now) {
		long present = now.getEpochSecond() / STEP_SECONDS;
		return LongStream.rangeClosed(present - GRACE_STEPS, present + GRACE_STEPS)
			.filter((step) -> Tokens.same(code(step), code))
			.findFirst();
	}

	String code(long step) {
		byte[] digest = hmac(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
		int offset = digest[digest.length - 1] & 0xf;
		int number = ByteBuffer.wrap(digest).getInt(offset) & Integer.MAX_VALUE;
		return "%06d".formatted(number % MODULUS);
	}

	/** What the app reads from a square code. */
	String uri(String username) {
		String label = URLEncoder.encode("清风:" + username, StandardCharsets.UTF_8).replace("+", "%20");
		String issuer = URLEncoder.encode("清风", StandardCharsets.UTF_8);
		return "otpauth://totp/%s?secret=%s&issuer=%s&algorithm=SHA1&digits=6&period=30".formatted(label, base32(),
				issuer);
	}

	String base32() {
		StringBuilder text = new StringBuilder();
		for (int bit = 0; bit < this.secret.length * Byte.SIZE; bit += 5) {
			int pair = (this.secret[bit / 8] & 0xff) << 8;
			pair |= (bit / 8 + 1 < this.secret.length) ? this.secret[bit / 8 + 1] & 0xff : 0;
			text.append(BASE32.charAt((pair >> (11 - bit % 8)) & 31));
		}
		return text.toString();
	}

	@Override
	public String toString() {
		return "Totp[***]";
	}

	private byte[] hmac(byte[] message) {
		try {
			Mac mac = Mac.getInstance("HmacSHA1");
			mac.init(new SecretKeySpec(this.secret, "HmacSHA1"));
			return mac.doFinal(message);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every JDK has HmacSHA1", ex);
		}
	}

}
