package cn.qingfeng.quiz.attempt;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.crypto.Mac;

/**
 * Names for the options of one paper that tell nothing about them: by fives, in the
 * author's order, 48 bits each of {@code HMAC(k, 0x02 ‖ question ‖ five)} with the
 * paper's key {@code k}. Made anew each time somebody asks: a review of an answered paper
 * needs few of them.
 */
final class PaperNames {

	private static final byte NAMES = 2;

	private static final int AT_ONCE = 5;

	private static final int BYTES = 6;

	private static final int CHARACTERS = 8;

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
		Map<Integer, String> fives = new HashMap<>();
		return options.stream()
			.map((option) -> name(
					fives.computeIfAbsent(option.position() / AT_ONCE, (five) -> five(mac, question, five)),
					option.position() % AT_ONCE))
			.toList();
	}

	private static String name(String five, int place) {
		return five.substring(place * CHARACTERS, (place + 1) * CHARACTERS);
	}

	private static String five(Mac mac, UUID question, int number) {
		ByteBuffer of = ByteBuffer.allocate(1 + 2 * Long.BYTES + Integer.BYTES).put(NAMES);
		of.putLong(question.getMostSignificantBits()).putLong(question.getLeastSignificantBits()).putInt(number);
		byte[] names = Arrays.copyOf(mac.doFinal(of.array()), AT_ONCE * BYTES);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(names);
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
