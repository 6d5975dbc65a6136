package cn.qingfeng.wechat;

import java.util.Map;

import cn.qingfeng.local.sandbox.Sandbox;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * The levers of the sandbox that only its control plane has.
 */
public record SandboxControl(Sandbox sandbox) {

	private static final JsonMapper JSON = new JsonMapper();

	public void fault(String path, String kind, int value, int next) {
		this.sandbox.fault(JSON.valueToTree(Map.of("path", path, "kind", kind, "value", value, "next", next)));
	}

	public void revokeTokens(String appId) {
		WebTestClient.bindToServer()
			.baseUrl(this.sandbox.baseUrl())
			.build()
			.put()
			.uri("/_sandbox/apps/{appid}", appId)
			.header("X-Sandbox-Token", "local")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"revokeTokens\":true}")
			.exchange()
			.expectStatus()
			.isOk();
	}

}
