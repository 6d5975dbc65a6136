package cn.qingfeng.wechat.portal;

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

import cn.qingfeng.platform.security.Tokens;

/**
 * WeChat's way of signing and encrypting messages: SHA-1 over sorted strings, AES-256-CBC
 * with PKCS#7 to blocks of 32 bytes, and our appid at the end of the plain text, which
 * must be ours.
 */
final class CallbackCipher {

	private static final int BLOCK = 32;

	private static final int RANDOM = 16;

	private static final int HEAD = RANDOM + Integer.BYTES;

	private final String token;

	private final SecretKeySpec key;

	private final IvParameterSpec iv;

	private final byte[] appId;

	CallbackCipher(String token, String aesKey, String appId) {
		this.token = token;
		byte[] bytes = Base64.getDecoder().decode(aesKey + "=");
		this.key = new SecretKeySpec(bytes, "AES");
		this.iv = new IvParameterSpec(bytes, 0, RANDOM);
		this.appId = appId.getBytes(StandardCharsets.UTF_8);
	}

	/** Whether the signature is ours over these strings; takes the same time for all. */
	boolean signs(String signature, String... strings) {
		byte[] expected = signature(strings).getBytes(StandardCharsets.US_ASCII);
		return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
	}

	String signature(String... strings) {
		String[] sorted = Arrays.copyOf(strings, strings.length + 1);
		sorted[strings.length] = this.token;
		Arrays.sort(sorted);
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-1")
					.digest(String.join("", sorted).getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The message inside; refuses whatever we or WeChat would not have made. */
	byte[] decrypt(String encrypted) {
		byte[] padded = decrypted(encrypted);
		ByteBuffer plain = ByteBuffer.wrap(padded, 0, padded.length - padding(padded));
		if (plain.remaining() < HEAD) {
			throw new RefusedCallbackException("too short");
		}
		int length = plain.position(RANDOM).getInt();
		if (length < 0 || length > plain.remaining()) {
			throw new RefusedCallbackException("length beyond the end");
		}
		byte[] message = new byte[length];
		plain.get(message);
		byte[] tail = new byte[plain.remaining()];
		plain.get(tail);
		if (!MessageDigest.isEqual(this.appId, tail)) {
			throw new RefusedCallbackException("for another appid");
		}
		return message;
	}

	/** Encrypts a reply as WeChat expects it. */
	String encrypt(String message) {
		byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
		int length = HEAD + bytes.length + this.appId.length;
		int pad = BLOCK - length % BLOCK;
		byte[] padding = new byte[pad];
		Arrays.fill(padding, (byte) pad);
		ByteBuffer plain = ByteBuffer.allocate(length + pad)
			.put(Tokens.random().substring(0, RANDOM).getBytes(StandardCharsets.US_ASCII))
			.putInt(bytes.length)
			.put(bytes)
			.put(this.appId)
			.put(padding);
		try {
			return Base64.getEncoder().encodeToString(cipher(Cipher.ENCRYPT_MODE).doFinal(plain.array()));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private byte[] decrypted(String encrypted) {
		try {
			byte[] bytes = Base64.getDecoder().decode(encrypted);
			if (bytes.length == 0 || bytes.length % RANDOM != 0) {
				throw new RefusedCallbackException("not whole blocks");
			}
			return cipher(Cipher.DECRYPT_MODE).doFinal(bytes);
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			throw new RefusedCallbackException("not decipherable");
		}
	}

	private Cipher cipher(int mode) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
		cipher.init(mode, this.key, this.iv);
		return cipher;
	}

	private static int padding(byte[] padded) {
		int pad = padded[padded.length - 1];
		if (pad < 1 || pad > BLOCK || pad > padded.length) {
			throw new RefusedCallbackException("bad padding");
		}
		int wrong = 0;
		for (int i = padded.length - pad; i < padded.length; i++) {
			wrong |= padded[i] ^ pad;
		}
		if (wrong != 0) {
			throw new RefusedCallbackException("bad padding");
		}
		return pad;
	}

}
