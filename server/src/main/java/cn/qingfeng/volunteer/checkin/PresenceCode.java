package cn.qingfeng.volunteer.checkin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.LongStream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The six digits on the organiser's screen: a time-based one-time password (RFC 6238,
 * with HMAC-SHA-256) over the event's own secret, new every 15 seconds. Whoever types the
 * present one, or the one before, is on the spot.
 *
 * @param code six digits
 * @param validFrom when it came up
 * @param validTo when the next one comes up
 */
record PresenceCode(String code, Instant validFrom, Instant validTo) {

	static final Duration STEP = Duration.ofSeconds(15);

	/** How far a phone's clock may be off when it uploads later. */
	private static final Duration PHONE_CLOCK_ERROR = Duration.ofMinutes(2);

	private static final int MODULUS = 1_000_000;

	/** The code that is shown at this moment. */
	static PresenceCode at(byte[] secret, Instant now) {
		return ofStep(secret, step(now));
	}

	/** Whether this code is shown now or was shown one step ago. */
	static boolean isShown(byte[] secret, String code, Instant now) {
		long step = step(now);
		return matches(secret, step, code) | matches(secret, step - 1, code);
	}

	/**
	 * When a code was shown, near the time that a phone claims.
	 * @return the moment it came up, empty when it was not shown around that time
	 */
	static Optional<Instant> shownAround(byte[] secret, String code, Instant claimed) {
		long first = step(claimed.minus(PHONE_CLOCK_ERROR));
		long last = step(claimed.plus(PHONE_CLOCK_ERROR));
		return LongStream.rangeClosed(first, last)
			.filter((step) -> matches(secret, step, code))
			.mapToObj((step) -> ofStep(secret, step).validFrom())
			.findFirst();
	}

	private static boolean matches(byte[] secret, long step, String code) {
		return MessageDigest.isEqual(digits(secret, step).getBytes(StandardCharsets.US_ASCII),
				code.getBytes(StandardCharsets.US_ASCII));
	}

	private static PresenceCode ofStep(byte[] secret, long step) {
		Instant from = Instant.ofEpochSecond(step * STEP.toSeconds());
		return new PresenceCode(digits(secret, step), from, from.plus(STEP));
	}

	private static long step(Instant instant) {
		return Math.floorDiv(instant.getEpochSecond(), STEP.toSeconds());
	}

	private static String digits(byte[] secret, long step) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(secret, "HmacSHA256"));
			byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
			int offset = hash[hash.length - 1] & 0x0f;
			int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
			return "%06d".formatted(number % MODULUS);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every Java platform has HmacSHA256", ex);
		}
	}

}
