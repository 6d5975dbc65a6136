package cn.qingfeng.quiz.attempt;

import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of HMAC-SHA256. Safe in any thread; the codes that it gives are for one.
 */
final class PaperKey {

	private static final String ALGORITHM = "HmacSHA256";

	private final byte[] bytes;

	/** Only ever copied: finding and keying one takes longer than a copy. */
	private final Mac keyed;

	PaperKey(byte[] bytes) {
		this.bytes = bytes.clone();
		try {
			this.keyed = Mac.getInstance(ALGORITHM);
			this.keyed.init(new SecretKeySpec(bytes, ALGORITHM));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every JDK has HmacSHA256", ex);
		}
	}

	Mac mac() {
		try {
			return (Mac) this.keyed.clone();
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException("the JDK's HmacSHA256 can be copied", ex);
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
