package cn.qingfeng.member.privacy;

/**
 * Personal data as it lies in the database.
 *
 * @param keyId which key opens it
 * @param bytes nonce, cipher text and tag
 */
public record SealedText(String keyId, byte[] bytes) {

	@Override
	public String toString() {
		return "SealedText[%s]".formatted(this.keyId);
	}

}
