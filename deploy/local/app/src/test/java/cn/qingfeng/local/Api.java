package cn.qingfeng.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The APIs of a running server and its sandbox, as somebody with a terminal uses them.
 * What is not answered with success fails the test.
 */
record Api(URI server, URI sandbox) {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final JsonMapper JSON = JsonMapper.shared();

	static Api of(LocalProcess process) throws IOException {
		return new Api(URI.create(process.url()), URI.create(process.sandboxUrl()));
	}

	String staff(String username) throws IOException, InterruptedException {
		return post(null, "/api/admin/v1/sessions", Map.of("username", username, "password", LocalAccounts.PASSWORD))
			.get("token")
			.asString();
	}

	/** Logs somebody of the roster in with the mini-program and binds them by phone. */
	String member(String name, String phone) throws IOException, InterruptedException {
		String person = person(phone);
		String token = post(null, "/api/v1/sessions", Map.of("code", code(person, "wxLogin"))).get("token").asString();
		send("PUT", this.server.resolve("/api/v1/me/binding"), token,
				Map.of("name", name, "phoneCode", code(person, "getPhone"), "privacyNotice", "1"));
		return token;
	}

	JsonNode get(String token, String path) throws IOException, InterruptedException {
		return send("GET", this.server.resolve(path), token, null);
	}

	JsonNode post(@Nullable String token, String path, @Nullable Object body) throws IOException, InterruptedException {
		return send("POST", this.server.resolve(path), token, body);
	}

	JsonNode put(String token, String path, @Nullable Object body) throws IOException, InterruptedException {
		return send("PUT", this.server.resolve(path), token, body);
	}

	/** Signs this month's issue three times and publishes it. */
	void publishIssue(String month) throws IOException, InterruptedException {
		String issue = "/api/admin/v1/issues/" + month;
		post(staff("author"), issue + "/submission", null);
		for (int stage = 1; stage <= 3; stage++) {
			String reviewer = staff("reviewer" + stage);
			String hash = get(reviewer, issue).get("contentHash").asString();
			post(reviewer, issue + "/reviews", Map.of("stage", stage, "verdict", "approve", "contentHash", hash));
		}
		post(staff("publisher"), issue + "/publication", null);
	}

	/** Who has this phone number in the sandbox. */
	String person(String phone) throws IOException, InterruptedException {
		return wechat("GET", "/_sandbox/people?phone=" + phone, null).get(0).get("id").asString();
	}

	/**
	 * The code that the mini-program gets when this person logs in or shows the number.
	 */
	String code(String person, String action) throws IOException, InterruptedException {
		return inTheMiniProgram(person, action, Map.of()).get("code").asString();
	}

	/** What this person does in the mini-program. */
	JsonNode inTheMiniProgram(String person, String action, Map<String, Object> more)
			throws IOException, InterruptedException {
		Map<String, Object> body = new HashMap<>(more);
		body.put("action", action);
		for (JsonNode app : wechat("GET", "/_sandbox/apps", null)) {
			if ("mini".equals(app.get("kind").asString())) {
				body.put("appid", app.get("appid").asString());
			}
		}
		return wechat("POST", "/_sandbox/people/" + person + "/actions", body);
	}

	private JsonNode wechat(String method, String path, @Nullable Object body)
			throws IOException, InterruptedException {
		return send(method, this.sandbox.resolve(path), null, body);
	}

	private static JsonNode send(String method, URI uri, @Nullable String token, @Nullable Object body)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri)
			.timeout(PATIENCE)
			.header("content-type", "application/json")
			.header("x-sandbox-token", "local")
			.method(method,
					(body != null) ? BodyPublishers.ofString(JSON.writeValueAsString(body)) : BodyPublishers.noBody());
		if (token != null) {
			request.header("authorization", "Bearer " + token);
		}
		HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
		assertThat(response.statusCode()).as("%s %s answers %s", method, uri, response.body()).isBetween(200, 299);
		return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
	}

}
