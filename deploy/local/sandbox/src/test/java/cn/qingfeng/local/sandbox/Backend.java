package cn.qingfeng.local.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A backend that writes down the callbacks it gets and answers as it is told.
 */
final class Backend implements AutoCloseable {

	private final HttpServer server;

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private volatile Function<Received, Answer> answers = (received) -> new Answer(200, "success");

	Backend() {
		try {
			this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/wechat/callback";
	}

	List<Received> received() {
		return this.received;
	}

	void answers(Function<Received, Answer> how) {
		this.answers = how;
	}

	private void handle(HttpExchange exchange) throws IOException {
		Map<String, String> query = new HashMap<>();
		for (String pair : exchange.getRequestURI().getQuery().split("&")) {
			String[] parts = pair.split("=", 2);
			query.put(parts[0], parts[1]);
		}
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		Received one = new Received(query, body);
		this.received.add(one);
		Answer answer = this.answers.apply(one);
		byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(answer.status(), (bytes.length == 0) ? -1 : bytes.length);
		if (bytes.length > 0) {
			exchange.getResponseBody().write(bytes);
		}
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	record Received(Map<String, String> query, String body) {
	}

	record Answer(int status, String body) {
	}

}
