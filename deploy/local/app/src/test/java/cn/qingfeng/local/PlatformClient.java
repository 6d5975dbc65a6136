package cn.qingfeng.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The platform's interface as the owner of the service account calls it by hand.
 */
final class PlatformClient {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final byte[] PIXEL = HexFormat.of()
		.parseHex("89504e470d0a1a0a0000000d4948445200000001000000010806000000"
				+ "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082");

	private final String base;

	private final String token;

	PlatformClient(Sandbox sandbox) throws IOException, InterruptedException {
		AppRegistration app = sandbox.apps().service();
		this.base = sandbox.baseUrl();
		this.token = send(HttpRequest
			.newBuilder(URI.create(this.base + "/cgi-bin/token?grant_type=client_credential&appid=" + app.appid()
					+ "&secret=" + app.secret()))
			.build()).path("access_token").asString();
	}

	private static JsonNode send(HttpRequest request) throws IOException, InterruptedException {
		JsonNode answer = JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
		assertThat(answer.path("errcode").asInt(0)).as("%s answers %s", request.uri().getPath(), answer).isZero();
		return answer;
	}

	JsonNode post(String path, Object body) throws IOException, InterruptedException {
		return post(path, BodyPublishers.ofString(JSON.writeValueAsString(body)), "application/json");
	}

	private JsonNode post(String path, BodyPublisher body, String type) throws IOException, InterruptedException {
		String separator = path.contains("?") ? "&" : "?";
		return send(HttpRequest.newBuilder(URI.create(this.base + path + separator + "access_token=" + this.token))
			.header("Content-Type", type)
			.POST(body)
			.build());
	}

	/** Sends an article with this title to every follower. */
	void sendToAll(String title, String content) throws IOException, InterruptedException {
		Map<String, String> article = Map.of("title", title, "author", "清风编辑部", "content", content, "thumb_media_id",
				cover());
		String draft = post("/cgi-bin/draft/add", Map.of("articles", List.of(article))).path("media_id").asString();
		post("/cgi-bin/message/mass/sendall",
				Map.of("filter", Map.of("is_to_all", true), "mpnews", Map.of("media_id", draft), "msgtype", "mpnews"));
	}

	private String cover() throws IOException, InterruptedException {
		ByteArrayOutputStream form = new ByteArrayOutputStream();
		form.writeBytes("--part\r\nContent-Disposition: form-data; name=\"media\"; filename=\"cover.png\"\r\n\r\n"
			.getBytes(StandardCharsets.US_ASCII));
		form.writeBytes(PIXEL);
		form.writeBytes("\r\n--part--\r\n".getBytes(StandardCharsets.US_ASCII));
		return post("/cgi-bin/material/add_material?type=image", BodyPublishers.ofByteArray(form.toByteArray()),
				"multipart/form-data; boundary=part")
			.path("media_id")
			.asString();
	}

}
