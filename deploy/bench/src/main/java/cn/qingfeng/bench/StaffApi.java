package cn.qingfeng.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.platform.time.BusinessTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What staff do: one writes a quiz, another one publishes it.
 */
final class StaffApi {

	private static final String PASSWORD = "qingfeng-local";

	private static final String QUIZZES = "/api/admin/v1/quizzes";

	private static final JsonMapper JSON = JsonMapper.shared();

	private final HttpClient http = HttpClient.newHttpClient();

	private final Clock clock = Clock.system(BusinessTime.ZONE);

	private final URI server;

	private final String author;

	private final String publisher;

	StaffApi(URI server) {
		this.server = server;
		this.author = logIn("quizzer");
		this.publisher = logIn("publisher");
	}

	private String logIn(String username) {
		return post("/api/admin/v1/sessions", null, Map.of("username", username, "password", PASSWORD)).get("token")
			.asString();
	}

	/** Open from now on for a month, one attempt each, as the monthly quiz is. */
	UUID publishQuiz(UUID bank, int questions) {
		OffsetDateTime now = OffsetDateTime.now(this.clock);
		String id = post(QUIZZES, this.author, Map.of("title", "测速", "opensAt", now.minusMinutes(1).toString(),
				"closesAt", now.plusDays(30).toString(), "timeLimitMinutes", 240, "attempts", 1, "passMark", 60,
				"reviewPolicy", "AFTER_SUBMISSION", "rules", List.of(Map.of("bankId", bank, "count", questions))))
			.get("id")
			.asString();
		post(QUIZZES + "/" + id + "/publication", this.publisher, null);
		return UUID.fromString(id);
	}

	private JsonNode post(String path, @Nullable String token, @Nullable Object body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.server.resolve(path))
			.timeout(Duration.ofSeconds(30))
			.POST((body != null) ? BodyPublishers.ofString(JSON.writeValueAsString(body)) : BodyPublishers.noBody());
		if (body != null) {
			request.header("Content-Type", "application/json");
		}
		if (token != null) {
			request.header("Authorization", "Bearer " + token);
		}
		HttpResponse<String> answer = send(request.build());
		if (answer.statusCode() / 100 != 2) {
			throw new BenchException("POST " + path + ": " + answer.statusCode() + " " + answer.body());
		}
		return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
	}

	private HttpResponse<String> send(HttpRequest request) {
		try {
			return this.http.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new BenchException(request.uri() + " does not answer", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BenchException("Interrupted", ex);
		}
	}

}
