package cn.qingfeng.local.sandbox.world;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import tools.jackson.databind.JsonNode;

/**
 * Everything that looks random, grown from one seed. What belongs to somebody stays the
 * same for ever; what is given out anew depends on the run, so that a backend that kept
 * its data never meets an id twice.
 */
public final class Ids implements Remembered {

	private static final char[] ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
		.toCharArray();

	private static final long TEN_DIGITS = 2_000_000_000L;

	private static final long ABOVE_DOUBLES = 1L << 61;

	private final Mac mac;

	private final String run;

	private long counter;

	Ids(String seed, String run) {
		this.run = run;
		try {
			this.mac = Mac.getInstance("HmacSHA256");
			this.mac.init(new SecretKeySpec(seed.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Text that always belongs to this label. */
	public String fixed(String label, int length) {
		StringBuilder text = new StringBuilder(length);
		for (int block = 0; text.length() < length; block++) {
			for (byte each : digest(label + '#' + block)) {
				if (text.length() < length) {
					text.append(ALPHABET[each & 63]);
				}
			}
		}
		return text.toString();
	}

	/** Text that was never given out before. */
	public String next(String label, int length) {
		return fixed(fresh(label), length);
	}

	public byte[] nextBytes(String label, int length) {
		return Arrays.copyOf(digest(fresh(label)), length);
	}

	public String openid(String appid, String person) {
		return 'o' + fixed("openid/" + appid + '/' + person, 27);
	}

	/** A number that no double can hold. */
	public long nextNumber() {
		long value = ByteBuffer.wrap(digest(fresh("number"))).getLong() >>> 2;
		return value | ABOVE_DOUBLES;
	}

	/** A number of ten digits. */
	public long nextShortNumber() {
		return TEN_DIGITS + nextNumber() % TEN_DIGITS;
	}

	/** A number between 0 and 1 that always belongs to this label. */
	public double chance(String label) {
		return (ByteBuffer.wrap(digest("chance/" + label)).getLong() >>> 11) * 0x1.0p-53;
	}

	public String nextRid() {
		String hex = HexFormat.of().formatHex(digest(fresh("rid")));
		return hex.substring(0, 8) + '-' + hex.substring(8, 16) + '-' + hex.substring(16, 24);
	}

	private String fresh(String label) {
		return label + '/' + this.run + '/' + this.counter++;
	}

	private byte[] digest(String label) {
		return this.mac.doFinal(label.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public String name() {
		return "ids";
	}

	@Override
	public Object save() {
		return this.counter;
	}

	@Override
	public void load(JsonNode saved) {
		this.counter = saved.asLong(0);
	}

}
