package cn.qingfeng.staff.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import cn.qingfeng.platform.security.Tokens;
import jakarta.validation.constraints.NotBlank;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;

/**
 * Keeps the secrets of one-time codes encrypted (AES-256-GCM) under a key that is derived
 * from the one outside of the database by which personal data are found.
 */
@Component
class TotpSecrets {

	private static final String CIPHER = "AES/GCM/NoPadding";

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private final SecretKeySpec key;

	TotpSecrets(Key key) {
		this.key = key.derived();
	}

	/** A new secret. */
	Totp random() {
		return new Totp(Arrays.copyOf(Tokens.digest(Tokens.random()), Totp.SECRET_BYTES));
	}

	byte[] seal(Totp totp) {
		byte[] nonce = Arrays.copyOf(Tokens.digest(Tokens.random()), NONCE_BYTES);
		byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, totp.secret());
		return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
	}

	Totp open(byte[] sealed) {
		byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
		return new Totp(crypt(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length)));
	}

	private byte[] crypt(int mode, byte[] nonce, byte[] input) {
		try {
			Cipher cipher = Cipher.getInstance(CIPHER);
			cipher.init(mode, this.key, new GCMParameterSpec(TAG_BITS, nonce));
			return cipher.doFinal(input);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("a secret of one-time codes cannot be sealed or opened", ex);
		}
	}

	/**
	 * The key outside of the database.
	 *
	 * @param indexKey 32 bytes in Base64
	 */
	@ConfigurationProperties("qingfeng.privacy")
	@Validated
	record Key(@NotBlank String indexKey) {

		SecretKeySpec derived() {
			String hex = HexFormat.of().formatHex(Base64.getDecoder().decode(this.indexKey.strip()));
			byte[] bytes = Tokens.sha256().digest(("staff.totp|" + hex).getBytes(StandardCharsets.UTF_8));
			return new SecretKeySpec(bytes, "AES");
		}

		@Override
		public String toString() {
			return "Key[***]";
		}

	}

}
