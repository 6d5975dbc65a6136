package cn.qingfeng.quiz.bank;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Stems told apart by their words alone.
 */
public final class Stems {

	private static final int BYTES_OF_A_KEY = 12;

	private Stems() {
	}

	/** What is left of a stem when only its words count. */
	public static String essence(String stem) {
		return Normalizer.normalize(stem, Normalizer.Form.NFKC)
			.toLowerCase(Locale.ROOT)
			.replaceAll("[^\\p{L}\\p{N}]+", "");
	}

	/** Key of a question: the same stem added twice at once still goes in once. */
	public static String key(Bank bank, String stem) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(essence(stem).getBytes(StandardCharsets.UTF_8));
			return bank.key() + "-" + HexFormat.of().formatHex(hash, 0, BYTES_OF_A_KEY);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

}
