package cn.qingfeng.wechat.gateway;

import org.jspecify.annotations.Nullable;

/**
 * What an answer must hold, or may leave empty.
 */
final class Values {

	private Values() {
	}

	static String present(@Nullable String value, String field) {
		if (value == null || value.isEmpty()) {
			throw new IllegalStateException("the answer has no " + field);
		}
		return value;
	}

	static @Nullable String orNull(@Nullable String value) {
		return (value == null || value.isBlank()) ? null : value;
	}

}
