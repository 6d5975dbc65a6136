package cn.qingfeng.platform.seed;

import java.util.Map;

/**
 * A markdown file.
 *
 * @param meta its front matter, empty without one
 * @param body what follows
 */
public record SeedText(Map<String, Object> meta, String body) {

	public String text(String key) {
		Object value = this.meta.get(key);
		if (value == null) {
			throw new IllegalArgumentException("the front matter lacks " + key);
		}
		return value.toString();
	}

}
