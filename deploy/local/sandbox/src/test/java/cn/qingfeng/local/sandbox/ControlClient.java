package cn.qingfeng.local.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import cn.qingfeng.local.sandbox.world.Json;
import tools.jackson.databind.JsonNode;

/**
 * The control plane over HTTP, as outside checks use it.
 */
final class ControlClient {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final Sandbox sandbox;

	ControlClient(Sandbox sandbox) {
		this.sandbox = sandbox;
	}

	JsonNode get(String path) {
		return call("GET", path, "");
	}

	JsonNode call(String method, String path, String body) {
		HttpResponse<String> response = exchange(method, path, body);
		if (response.statusCode() != 200) {
			throw new IllegalStateException(response.statusCode() + " " + response.body());
		}
		return Json.MAPPER.readTree(response.body());
	}

	int status(String method, String path, String body) {
		return exchange(method, path, body).statusCode();
	}

	private HttpResponse<String> exchange(String method, String path, String body) {
		return send(HttpRequest.newBuilder(URI.create(this.sandbox.baseUrl() + "/_sandbox/" + path))
			.header("X-Sandbox-Token", "local")
			.method(method, BodyPublishers.ofString(body))
			.build());
	}

	static String text(String url) {
		return send(HttpRequest.newBuilder(URI.create(url)).build()).body();
	}

	static HttpResponse<String> send(HttpRequest request) {
		try {
			return HTTP.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
