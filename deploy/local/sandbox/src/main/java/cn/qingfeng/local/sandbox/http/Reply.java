package cn.qingfeng.local.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import cn.qingfeng.local.sandbox.world.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What goes back.
 */
public record Reply(int status, String type, byte[] body, Map<String, String> headers) {

	private static final String JSON = "application/json; encoding=utf-8";

	public static Reply json(JsonNode body) {
		return json(200, body);
	}

	public static Reply json(int status, JsonNode body) {
		return new Reply(status, JSON, Json.MAPPER.writeValueAsBytes(body), Map.of());
	}

	/** What WeChat says when there is nothing else to say. */
	public static ObjectNode done() {
		return done("ok");
	}

	public static ObjectNode done(String message) {
		ObjectNode body = Json.object();
		body.put("errcode", 0);
		body.put("errmsg", message);
		return body;
	}

	public static Reply html(int status, String page) {
		return text(status, "text/html; charset=utf-8", page);
	}

	public static Reply text(int status, String type, String text) {
		return new Reply(status, type, text.getBytes(StandardCharsets.UTF_8), Map.of());
	}

	public static Reply bytes(String type, byte[] body) {
		return new Reply(200, type, body, Map.of());
	}

	public static Reply redirect(String location) {
		return new Reply(302, "text/html; charset=utf-8", new byte[0], Map.of("Location", location));
	}

	public static Reply notFound() {
		return html(404, "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center>"
				+ "<hr><center>nginx</center></body></html>");
	}

	public Reply with(Map<String, String> more) {
		return new Reply(this.status, this.type, this.body, more);
	}

	public String text() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

}
