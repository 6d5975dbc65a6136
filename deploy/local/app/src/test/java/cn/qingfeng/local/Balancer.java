package cn.qingfeng.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * What stands before the servers: takes WeChat's callbacks, gives each to all of the
 * chosen servers at once, and answers what the first of them answered. Where none
 * answers, the line breaks.
 */
final class Balancer {

	private static final Duration PATIENCE = Duration.ofSeconds(15);

	private final HttpServer server;

	private final List<Passed> passed = new CopyOnWriteArrayList<>();

	private volatile List<ServerNode> nodes = List.of();

	private volatile HttpClient http = client();

	Balancer() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	URI url() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	/** On new lines: those to a server that was restarted since are dead. */
	void to(ServerNode... chosen) {
		this.http = client();
		this.nodes = List.of(chosen);
	}

	/** What came by since then, with the answers of all servers that gave one. */
	List<Passed> passed() {
		return List.copyOf(this.passed);
	}

	void forget() {
		this.passed.clear();
	}

	private static HttpClient client() {
		return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
	}

	private void handle(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		List<CompletableFuture<HttpResponse<String>>> answers = this.nodes.stream()
			.map((node) -> this.http.sendAsync(request(exchange, node, body), BodyHandlers.ofString()))
			.toList();
		List<HttpResponse<String>> given = answers.stream().flatMap((answer) -> given(answer).stream()).toList();
		this.passed.add(new Passed(given));
		if (given.isEmpty()) {
			exchange.close();
			return;
		}
		byte[] answer = given.getFirst().body().getBytes(StandardCharsets.UTF_8);
		given.getFirst()
			.headers()
			.firstValue("content-type")
			.ifPresent((type) -> exchange.getResponseHeaders().add("Content-Type", type));
		exchange.sendResponseHeaders(given.getFirst().statusCode(), answer.length);
		exchange.getResponseBody().write(answer);
		exchange.close();
	}

	private static HttpRequest request(HttpExchange exchange, ServerNode node, byte[] body) {
		return HttpRequest.newBuilder(node.url().resolve(exchange.getRequestURI()))
			.timeout(PATIENCE)
			.header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
			.POST(BodyPublishers.ofByteArray(body))
			.build();
	}

	private static List<HttpResponse<String>> given(CompletableFuture<HttpResponse<String>> answer) {
		try {
			return List.of(answer.join());
		}
		catch (CompletionException ex) {
			return List.of();
		}
	}

	/**
	 * A callback that came by.
	 *
	 * @param answers of the servers that gave one, in their order
	 */
	record Passed(List<HttpResponse<String>> answers) {

	}

}
