package cn.qingfeng.quiz.attempt;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import javax.crypto.Mac;

/**
 * The numbers by which one paper is drawn: the 32-bit words of
 * {@code HMAC(k, 0x01 ‖ 0), HMAC(k, 0x01 ‖ 1), …} with the paper's key {@code k}, those
 * rejected that would favour small results.
 */
final class PaperRandom {

	private static final byte NUMBERS = 1;

	private static final long WORDS = 1L << Integer.SIZE;

	private final Mac mac;

	private ByteBuffer block = ByteBuffer.allocate(0);

	private long blocks;

	PaperRandom(PaperKey key) {
		this.mac = key.mac();
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

	private long word() {
		if (!this.block.hasRemaining()) {
			byte[] counter = ByteBuffer.allocate(1 + Long.BYTES).put(NUMBERS).putLong(this.blocks++).array();
			this.block = ByteBuffer.wrap(this.mac.doFinal(counter));
		}
		return Integer.toUnsignedLong(this.block.getInt());
	}

}
