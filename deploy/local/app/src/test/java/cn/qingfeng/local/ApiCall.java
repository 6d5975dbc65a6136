package cn.qingfeng.local;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A call that may go to either server, once or more often.
 *
 * @param token of the session, null for a stranger
 * @param key for idempotency, null for none
 * @param version for {@code If-Match}, null for none
 */
record ApiCall(String method, String path, @Nullable String token, @Nullable Object body, @Nullable String key,
		@Nullable String version) {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final JsonMapper JSON = JsonMapper.shared();

	static ApiCall get(String path, @Nullable String token) {
		return new ApiCall("GET", path, token, null, null, null);
	}

	static ApiCall post(String path, @Nullable String token, @Nullable Object body) {
		return new ApiCall("POST", path, token, body, null, null);
	}

	static ApiCall put(String path, @Nullable String token, Object body) {
		return new ApiCall("PUT", path, token, body, null, null);
	}

	static ApiCall delete(String path, @Nullable String token) {
		return new ApiCall("DELETE", path, token, null, null, null);
	}

	ApiCall keyed(String newKey) {
		return new ApiCall(this.method, this.path, this.token, this.body, newKey, this.version);
	}

	ApiCall ifMatch(String newVersion) {
		return new ApiCall(this.method, this.path, this.token, this.body, this.key, newVersion);
	}

	HttpRequest to(URI server) {
		HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(this.path))
			.timeout(PATIENCE)
			.method(this.method, publisher());
		header(request, "Authorization", (this.token != null) ? "Bearer " + this.token : null);
		header(request, "Content-Type", (this.body != null) ? "application/json" : null);
		header(request, "Idempotency-Key", this.key);
		header(request, "If-Match", this.version);
		return request.build();
	}

	private BodyPublisher publisher() {
		return (this.body != null) ? BodyPublishers.ofString(JSON.writeValueAsString(this.body))
				: BodyPublishers.noBody();
	}

	private static void header(HttpRequest.Builder request, String name, @Nullable String value) {
		if (value != null) {
			request.header(name, value);
		}
	}

}
