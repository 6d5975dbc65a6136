package cn.qingfeng.member.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import cn.qingfeng.platform.security.Tokens;

import org.springframework.stereotype.Component;

/**
 * Seals personal data with AES-256-GCM and makes keyed hashes (HMAC-SHA-256) to find it
 * by. Each cipher text belongs to its row, so that rows cannot be swapped, and names its
 * key, so that keys can be changed. Each purpose of a hash has a key of its own, derived
 * from the one configured.
 */
@Component
public class PersonalData {

	private static final String CIPHER = "AES/GCM/NoPadding";

	private static final String MAC = "HmacSHA256";

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private static final int KEY_ID_BYTES = 4;

	/** By their ids; the present one is first. */
	private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();

	private final String keyId;

	private final byte[] indexKey;

	private final SecureRandom random;

	PersonalData(PrivacyProperties properties) throws GeneralSecurityException {
		this.keyId = add(properties.keyBytes());
		properties.formerKeyBytes().forEach(this::add);
		this.indexKey = properties.indexKeyBytes();
		// Seeded once: asking the operating system each time would block.
		this.random = SecureRandom.getInstance("DRBG");
		this.random.nextBytes(new byte[1]);
	}

	/**
	 * Seals a text.
	 * @param text personal data
	 * @param owner table, column and row, such as {@code member.phone:0198…}
	 */
	public SealedText seal(String text, String owner) {
		byte[] nonce = new byte[NONCE_BYTES];
		this.random.nextBytes(nonce);
		byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key(this.keyId), nonce, owner,
				text.getBytes(StandardCharsets.UTF_8));
		return new SealedText(this.keyId,
				ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array());
	}

	/**
	 * Opens what was sealed.
	 * @param sealed as it was stored
	 * @param owner the same as when it was sealed
	 */
	public String open(SealedText sealed, String owner) {
		byte[] nonce = Arrays.copyOf(sealed.bytes(), NONCE_BYTES);
		byte[] text = Arrays.copyOfRange(sealed.bytes(), NONCE_BYTES, sealed.bytes().length);
		return new String(crypt(Cipher.DECRYPT_MODE, key(sealed.keyId()), nonce, owner, text), StandardCharsets.UTF_8);
	}

	/**
	 * A hash that only this installation can make.
	 * @param purpose what it is for: hashes of different purposes tell nothing of each
	 * other
	 * @param text what to find or to sign
	 */
	public byte[] hash(String purpose, String text) {
		return hmac(hmac(this.indexKey, purpose), text);
	}

	/** Of all keys with which something can be opened. */
	public String[] keyIds() {
		return this.keys.keySet().toArray(String[]::new);
	}

	/** Of keys whose cipher texts are to be sealed again. */
	String[] formerKeyIds() {
		return this.keys.keySet().stream().skip(1).toArray(String[]::new);
	}

	private String add(byte[] bytes) {
		String id = HexFormat.of().formatHex(Arrays.copyOf(Tokens.sha256().digest(bytes), KEY_ID_BYTES));
		this.keys.putIfAbsent(id, new SecretKeySpec(bytes, "AES"));
		return id;
	}

	private SecretKeySpec key(String id) {
		SecretKeySpec key = this.keys.get(id);
		if (key == null) {
			throw new IllegalStateException("no key " + id);
		}
		return key;
	}

	private static byte[] crypt(int mode, SecretKeySpec key, byte[] nonce, String owner, byte[] input) {
		try {
			Cipher cipher = Cipher.getInstance(CIPHER);
			cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
			cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
			return cipher.doFinal(input);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("personal data cannot be sealed or opened", ex);
		}
	}

	private static byte[] hmac(byte[] key, String text) {
		try {
			Mac mac = Mac.getInstance(MAC);
			mac.init(new SecretKeySpec(key, MAC));
			return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every JDK has " + MAC, ex);
		}
	}

}
