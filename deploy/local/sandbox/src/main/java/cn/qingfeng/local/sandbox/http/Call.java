package cn.qingfeng.local.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import cn.qingfeng.local.sandbox.world.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A request that came in.
 *
 * @param headers by lower-case name
 */
public record Call(String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body,
		String clientIp) {

	public String param(String name) {
		return this.query.getOrDefault(name, "");
	}

	public @Nullable String header(String name) {
		return this.headers.get(name);
	}

	public String text() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	/** The body as an object. WeChat reads an absent one as an empty one. */
	public JsonNode json() {
		if (this.body.length == 0) {
			return Json.object();
		}
		try {
			JsonNode node = Json.MAPPER.readTree(this.body);
			if (node.isObject()) {
				return node;
			}
		}
		catch (JacksonException ex) {
			throw new WechatError(47001, "data format error hint: [" + ex.getOriginalMessage() + "]");
		}
		throw new WechatError(47001, "data format error");
	}

	/** The files and fields of a form. */
	public Multipart form() {
		return Multipart.parse(this.headers.getOrDefault("content-type", ""), this.body);
	}

	public @Nullable String cookie(String name) {
		for (String each : this.headers.getOrDefault("cookie", "").split(";\\s*")) {
			if (each.startsWith(name + '=')) {
				return each.substring(name.length() + 1);
			}
		}
		return null;
	}

}
