package cn.qingfeng.wechat.portal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes encrypted messages as WeChat would, and as it never would.
 */
record Forge(String aesKey, String appId) {

	private static final byte[] RANDOM = "abcdefghijklmnop".getBytes(StandardCharsets.US_ASCII);

	String encrypt(String message) {
		byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
		return encryptPadded(padded(buffer(bytes, bytes.length)));
	}

	/** The head, a message with the length it claims, and our appid. */
	byte[] buffer(byte[] message, int claimedLength) {
		byte[] id = this.appId.getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(RANDOM.length + 4 + message.length + id.length)
			.put(RANDOM)
			.putInt(claimedLength)
			.put(message)
			.put(id)
			.array();
	}

	byte[] padded(byte[] buffer) {
		int pad = 32 - buffer.length % 32;
		byte[] padded = Arrays.copyOf(buffer, buffer.length + pad);
		Arrays.fill(padded, buffer.length, padded.length, (byte) pad);
		return padded;
	}

	String encryptPadded(byte[] padded) {
		byte[] key = Base64.getDecoder().decode(this.aesKey + "=");
		try {
			Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
			cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(key, 0, 16));
			return Base64.getEncoder().encodeToString(cipher.doFinal(padded));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
