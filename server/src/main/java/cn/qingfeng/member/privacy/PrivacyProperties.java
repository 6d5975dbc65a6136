package cn.qingfeng.member.privacy;

import java.util.Base64;

import jakarta.validation.constraints.NotBlank;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Keys of personal data, kept outside of the database. Each is 32 random bytes in Base64,
 * for instance of {@code openssl rand -base64 32}.
 *
 * @param key encrypts phone numbers; who loses it loses them
 * @param indexKey makes the hashes by which they are found
 */
@ConfigurationProperties("qingfeng.privacy")
@Validated
record PrivacyProperties(@NotBlank String key, @NotBlank String indexKey) {

	private static final int BYTES = 32;

	byte[] keyBytes() {
		return bytes("qingfeng.privacy.key", this.key);
	}

	byte[] indexKeyBytes() {
		return bytes("qingfeng.privacy.index-key", this.indexKey);
	}

	@Override
	public String toString() {
		return "PrivacyProperties[***]";
	}

	private static byte[] bytes(String name, String base64) {
		try {
			byte[] bytes = Base64.getDecoder().decode(base64.strip());
			if (bytes.length == BYTES) {
				return bytes;
			}
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException(name + " is not Base64", ex);
		}
		throw new IllegalStateException("%s must be %d bytes in Base64".formatted(name, BYTES));
	}

}
