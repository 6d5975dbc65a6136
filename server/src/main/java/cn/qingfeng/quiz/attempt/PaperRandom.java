package cn.qingfeng.quiz.attempt;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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

	private static final String ALGORITHM = "HmacSHA256";

	private static final byte NUMBERS = 1;

	private static final byte NAMES = 2;

	private static final int NAME_LENGTH = 9;

	private static final long WORDS = 1L << Integer.SIZE;

	private final Mac mac;

	private ByteBuffer block = ByteBuffer.allocate(0);

	private long blocks;

	private PaperRandom(Mac mac) {
		this.mac = mac;
	}

	static PaperRandom of(Seed seed, UUID memberId, int number) {
		ByteBuffer paper = ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES);
		paper.putLong(memberId.getMostSignificantBits()).putLong(memberId.getLeastSignificantBits()).putInt(number);
		return new PaperRandom(mac(mac(seed.bytes()).doFinal(paper.array())));
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

	/** A name for an option of a question that tells nothing about either. */
	String name(UUID question, int option) {
		ByteBuffer of = ByteBuffer.allocate(1 + 2 * Long.BYTES + Integer.BYTES).put(NAMES);
		of.putLong(question.getMostSignificantBits()).putLong(question.getLeastSignificantBits()).putInt(option);
		byte[] name = Arrays.copyOf(this.mac.doFinal(of.array()), NAME_LENGTH);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(name);
	}

	private long word() {
		if (!this.block.hasRemaining()) {
			byte[] counter = ByteBuffer.allocate(1 + Long.BYTES).put(NUMBERS).putLong(this.blocks++).array();
			this.block = ByteBuffer.wrap(this.mac.doFinal(counter));
		}
		return Integer.toUnsignedLong(this.block.getInt());
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

}
