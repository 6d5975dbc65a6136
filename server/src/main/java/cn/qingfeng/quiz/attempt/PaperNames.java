package cn.qingfeng.quiz.attempt;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import javax.crypto.Mac;

/**
 * Names for the options of one paper that tell nothing about them, cut from
 * {@code HMAC(k, 0x02 ‖ question ‖ option)} with the paper's key {@code k}. Made anew
 * each time somebody asks: a review of an answered paper needs few of them.
 */
final class PaperNames {

	private static final byte NAMES = 2;

	private static final int LENGTH = 9;

	/** Only ever copied: finding and keying one takes longer than a copy. */
	private final Mac keyed;

	PaperNames(PaperKey key) {
		this.keyed = key.mac();
	}

	/** Those of one question. */
	OptionNames of(UUID question) {
		return (options) -> options.isEmpty() ? List.of() : of(question, options);
	}

	private List<String> of(UUID question, List<PaperOption> options) {
		Mac mac = copy();
		return options.stream().map((option) -> name(mac, question, option.position())).toList();
	}

	private static String name(Mac mac, UUID question, int option) {
		ByteBuffer of = ByteBuffer.allocate(1 + 2 * Long.BYTES + Integer.BYTES).put(NAMES);
		of.putLong(question.getMostSignificantBits()).putLong(question.getLeastSignificantBits()).putInt(option);
		byte[] name = Arrays.copyOf(mac.doFinal(of.array()), LENGTH);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(name);
	}

	private Mac copy() {
		try {
			return (Mac) this.keyed.clone();
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException("the JDK's HmacSHA256 can be copied", ex);
		}
	}

}
