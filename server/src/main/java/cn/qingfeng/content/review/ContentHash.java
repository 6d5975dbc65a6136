package cn.qingfeng.content.review;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * The hash that reviewers sign: SHA-256 over the parts, each with its length before it,
 * so that no two different contents have the same bytes.
 */
public final class ContentHash {

	private static final int NOTHING = -1;

	private final MessageDigest digest;

	public ContentHash() {
		try {
			this.digest = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	public ContentHash add(@Nullable String part) {
		if (part == null) {
			this.digest.update(length(NOTHING));
			return this;
		}
		byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
		this.digest.update(length(bytes.length));
		this.digest.update(bytes);
		return this;
	}

	public ContentHash add(Collection<String> parts) {
		this.digest.update(length(parts.size()));
		parts.forEach(this::add);
		return this;
	}

	/** 64 lower-case hex digits. */
	public String hex() {
		return HexFormat.of().formatHex(this.digest.digest());
	}

	private static byte[] length(int length) {
		return ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
	}

}
