package cn.qingfeng.local.sandbox.login;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a mini-program's page gets beside a code, sealed with the key of its session: the
 * older way to a phone number, which some clients still hand on.
 *
 * @param encryptedData in Base64
 * @param iv in Base64
 */
record SealedData(String encryptedData, String iv) {

	static SealedData of(String sessionKey, byte[] iv, String plain) {
		byte[] sealed = work(Cipher.ENCRYPT_MODE, sessionKey, iv, plain.getBytes(StandardCharsets.UTF_8));
		return new SealedData(Base64.getEncoder().encodeToString(sealed), Base64.getEncoder().encodeToString(iv));
	}

	String open(String sessionKey) {
		return new String(work(Cipher.DECRYPT_MODE, sessionKey, Base64.getDecoder().decode(this.iv),
				Base64.getDecoder().decode(this.encryptedData)), StandardCharsets.UTF_8);
	}

	/** Blocks of 16 here, so that Java's padding is right. */
	private static byte[] work(int mode, String sessionKey, byte[] iv, byte[] data) {
		try {
			Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
			cipher.init(mode, new SecretKeySpec(Base64.getDecoder().decode(sessionKey), "AES"),
					new IvParameterSpec(iv));
			return cipher.doFinal(data);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalArgumentException("the data does not open with this key", ex);
		}
	}

}
