package cn.qingfeng.quiz.attempt;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import javax.crypto.Mac;

import cn.qingfeng.quiz.round.Seed;

/**
 * The chance of one paper. Everything comes from a key that only the round's seed, the
 * member and the number of the attempt make:
 * {@code k = HMAC-SHA256(seed, member ‖ number)}. Numbers are the 32-bit words of
 * {@code HMAC(k, 0x01 ‖ 0), HMAC(k, 0x01 ‖ 1), …} with those rejected that would favour
 * small results; names are cut from {@code HMAC(k, 0x02 ‖ …)}. Whoever has the seed can
 * do the same again.
 */
final class PaperRandom {

	private static final byte NUMBERS = 1;

	private static final byte NAMES = 2;

	private static final int NAME_LENGTH = 9;

	private static final long WORDS = 1L << Integer.SIZE;

	private final PaperKey key;

	private final Mac mac;

	private ByteBuffer block = ByteBuffer.allocate(0);

	private long blocks;

	private PaperRandom(PaperKey key) {
		this.key = key;
		this.mac = key.mac();
	}

	static PaperRandom of(Seed seed, UUID memberId, int number) {
		ByteBuffer paper = ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES);
		paper.putLong(memberId.getMostSignificantBits()).putLong(memberId.getLeastSignificantBits()).putInt(number);
		return new PaperRandom(new PaperKey(new PaperKey(seed.bytes()).mac().doFinal(paper.array())));
	}

	/** Uniform from 0 to bound - 1. */
	int below(int bound) {
		long fair = WORDS - WORDS % bound;
		long word = word();
		while (word >= fair) {
			word = word();
		}
		return (int) (word % bound);
	}

	/** Each subset and each order of it is equally likely. */
	<T> List<T> draw(int count, List<T> from) {
		List<T> items = new ArrayList<>(from);
		for (int i = 0; i < count; i++) {
			Collections.swap(items, i, i + below(items.size() - i));
		}
		return List.copyOf(items.subList(0, count));
	}

	<T> List<T> shuffle(List<T> items) {
		return draw(items.size(), items);
	}

	/** Names for the options of a question that tell nothing about either. */
	OptionNames names(UUID question) {
		return new DrawnNames(this.key, question);
	}

	private long word() {
		if (!this.block.hasRemaining()) {
			byte[] counter = ByteBuffer.allocate(1 + Long.BYTES).put(NUMBERS).putLong(this.blocks++).array();
			this.block = ByteBuffer.wrap(this.mac.doFinal(counter));
		}
		return Integer.toUnsignedLong(this.block.getInt());
	}

	/**
	 * Made anew each time somebody asks: a review of an answered paper needs few of them.
	 *
	 * @param key of the paper
	 * @param question whose options they are
	 */
	private record DrawnNames(PaperKey key, UUID question) implements OptionNames {

		@Override
		public List<String> of(List<PaperOption> options) {
			if (options.isEmpty()) {
				return List.of();
			}
			Mac mac = this.key.mac();
			return options.stream().map((option) -> name(mac, option.position())).toList();
		}

		private String name(Mac mac, int option) {
			ByteBuffer of = ByteBuffer.allocate(1 + 2 * Long.BYTES + Integer.BYTES).put(NAMES);
			of.putLong(this.question.getMostSignificantBits())
				.putLong(this.question.getLeastSignificantBits())
				.putInt(option);
			byte[] name = Arrays.copyOf(mac.doFinal(of.array()), NAME_LENGTH);
			return Base64.getUrlEncoder().withoutPadding().encodeToString(name);
		}

	}

}
