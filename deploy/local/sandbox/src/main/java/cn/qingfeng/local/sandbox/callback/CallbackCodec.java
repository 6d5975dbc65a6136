package cn.qingfeng.local.sandbox.callback;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * WeChat's side of the callback cipher: AES-256-CBC with padding to blocks of 32, and
 * SHA-1 over sorted parts. Written apart from the backend's codec on purpose.
 */
public final class CallbackCodec {

	private static final int BLOCK = 32;

	private static final int PREFIX = 16;

	private final byte[] key;

	private final String id;

	public CallbackCodec(String encodingAesKey, String id) {
		// Java's decoder takes keys whose last character carries spare bits, as WeChat
		// does.
		this.key = Base64.getDecoder().decode(encodingAesKey + '=');
		this.id = id;
		if (this.key.length != BLOCK) {
			throw new IllegalArgumentException("EncodingAESKey must be 43 characters");
		}
	}

	public String encrypt(String plain, byte[] prefix) {
		byte[] message = plain.getBytes(StandardCharsets.UTF_8);
		byte[] owner = this.id.getBytes(StandardCharsets.UTF_8);
		int length = PREFIX + Integer.BYTES + message.length + owner.length;
		int pad = BLOCK - length % BLOCK;
		ByteBuffer buffer = ByteBuffer.allocate(length + pad)
			.put(prefix, 0, PREFIX)
			.putInt(message.length)
			.put(message)
			.put(owner);
		Arrays.fill(buffer.array(), length, length + pad, (byte) pad);
		return Base64.getEncoder().encodeToString(cipher(Cipher.ENCRYPT_MODE, buffer.array()));
	}

	public String decrypt(String encrypted) {
		byte[] padded = cipher(Cipher.DECRYPT_MODE, Base64.getDecoder().decode(encrypted));
		int pad = (padded.length > 0) ? padded[padded.length - 1] : 0;
		int length = padded.length - pad;
		if (pad < 1 || pad > BLOCK || length < PREFIX + Integer.BYTES) {
			throw new IllegalArgumentException("bad padding");
		}
		ByteBuffer buffer = ByteBuffer.wrap(padded, PREFIX, length - PREFIX);
		int size = buffer.getInt();
		if (size < 0 || size > buffer.remaining()) {
			throw new IllegalArgumentException("bad length");
		}
		byte[] message = new byte[size];
		buffer.get(message);
		String owner = StandardCharsets.UTF_8.decode(buffer).toString();
		if (!owner.equals(this.id)) {
			throw new IllegalArgumentException("for another account");
		}
		return new String(message, StandardCharsets.UTF_8);
	}

	private byte[] cipher(int mode, byte[] data) {
		try {
			Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
			cipher.init(mode, new SecretKeySpec(this.key, "AES"), new IvParameterSpec(Arrays.copyOf(this.key, PREFIX)));
			return cipher.doFinal(data);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalArgumentException("not a message of this account", ex);
		}
	}

	/** The signature over these parts, whatever their order. */
	public static String sign(String... parts) {
		String[] sorted = parts.clone();
		Arrays.sort(sorted);
		return sha1(String.join("", sorted));
	}

	public static String sha1(String text) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-1");
			return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
