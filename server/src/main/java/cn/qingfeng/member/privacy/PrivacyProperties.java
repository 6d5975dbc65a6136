package cn.qingfeng.member.privacy;

import java.util.Base64;
import java.util.List;

import jakarta.validation.constraints.NotBlank;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Keys of personal data, kept outside of the database. Each is 32 random bytes in Base64,
 * for instance of {@code openssl rand -base64 32}.
 *
 * @param key encrypts phone numbers; who loses it loses them
 * @param formerKeys keys that were the first one before: what they encrypted is still
 * read, and encrypted again with the present one in the background. Once no row is left
 * the former key may go
 * @param indexKey makes the hashes by which they are found
 */
@ConfigurationProperties("qingfeng.privacy")
@Validated
record PrivacyProperties(@NotBlank String key, @DefaultValue List<String> formerKeys, @NotBlank String indexKey) {

	private static final int BYTES = 32;

	byte[] keyBytes() {
		return bytes("qingfeng.privacy.key", this.key);
	}

	List<byte[]> formerKeyBytes() {
		return this.formerKeys.stream()
			.filter((former) -> !former.isBlank())
			.map((former) -> bytes("qingfeng.privacy.former-keys", former))
			.toList();
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
