package cn.qingfeng.local.sandbox.media;

import java.util.List;

import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.world.Json;
import tools.jackson.databind.JsonNode;

/**
 * The {@code offset} and {@code count} of WeChat's lists.
 */
public final class Pages {

	private Pages() {
	}

	public static <T> List<T> of(List<T> all, JsonNode wanted) {
		long offset = Json.number(wanted, "offset", 0);
		long count = Json.number(wanted, "count", 20);
		if (offset < 0 || count < 1 || count > 20) {
			throw new WechatError(40097, "invalid args");
		}
		int from = (int) Math.min(offset, all.size());
		return all.subList(from, (int) Math.min(from + count, all.size()));
	}

}
