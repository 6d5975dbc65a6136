package cn.qingfeng.wechat.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import cn.qingfeng.platform.security.Tokens;

/**
 * Keeps credentials unreadable where they are shared: AES-GCM under a key made from the
 * account's secret, which all nodes have and no dump of Redis does.
 */
final class CredentialSeal {

	private static final int IV = 12;

	private final SecretKeySpec key;

	CredentialSeal(String secret) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			byte[] derived = mac.doFinal("qingfeng:wechat:credential".getBytes(StandardCharsets.UTF_8));
			this.key = new SecretKeySpec(derived, "AES");
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	String seal(String name, Credential credential) {
		byte[] iv = Arrays.copyOf(Base64.getUrlDecoder().decode(Tokens.random()), IV);
		byte[] value = credential.value().getBytes(StandardCharsets.UTF_8);
		byte[] clear = ByteBuffer.allocate(Long.BYTES + value.length)
			.putLong(credential.expiresAt().toEpochMilli())
			.put(value)
			.array();
		try {
			byte[] sealed = cipher(Cipher.ENCRYPT_MODE, name, iv).doFinal(clear);
			return Base64.getEncoder()
				.encodeToString(ByteBuffer.allocate(IV + sealed.length).put(iv).put(sealed).array());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Empty for what was sealed under another secret, or is no seal at all. */
	Optional<Credential> open(String name, String sealed) {
		try {
			byte[] bytes = Base64.getDecoder().decode(sealed);
			byte[] iv = new byte[IV];
			ByteBuffer.wrap(bytes).get(iv);
			ByteBuffer clear = ByteBuffer
				.wrap(cipher(Cipher.DECRYPT_MODE, name, iv).doFinal(bytes, IV, bytes.length - IV));
			Instant expiresAt = Instant.ofEpochMilli(clear.getLong());
			byte[] value = new byte[clear.remaining()];
			clear.get(value);
			return Optional.of(new Credential(new String(value, StandardCharsets.UTF_8), expiresAt));
		}
		catch (GeneralSecurityException | RuntimeException ex) {
			return Optional.empty();
		}
	}

	private Cipher cipher(int mode, String name, byte[] iv) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, this.key, new GCMParameterSpec(128, iv));
		cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
		return cipher;
	}

}
