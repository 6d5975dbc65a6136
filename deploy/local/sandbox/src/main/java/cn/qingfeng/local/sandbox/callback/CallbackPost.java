package cn.qingfeng.local.sandbox.callback;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiConsumer;

import io.netty.buffer.Unpooled;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * The wire to the backend. It never tries anything twice by itself.
 */
public final class CallbackPost implements AutoCloseable {

	private static final int CONNECTIONS = 64;

	private final ConnectionProvider connections = ConnectionProvider.builder("wechat-sandbox")
		.maxConnections(CONNECTIONS)
		.maxIdleTime(Duration.ofSeconds(5))
		.build();

	private final HttpClient client;

	public CallbackPost(LoopResources loops) {
		this.client = HttpClient.create(this.connections)
			.runOn(loops)
			.disableRetry(true)
			.headers((headers) -> headers.set("User-Agent", "Mozilla/4.0").set("Accept", "*/*"));
	}

	/** Posts and tells status and answer; status 0 when no answer came. */
	void send(String url, Envelope envelope, Duration timeout, BiConsumer<Integer, String> result) {
		String separator = url.contains("?") ? "&" : "?";
		Mono.defer(() -> this.client.headers((headers) -> headers.set("Content-Type", envelope.type()))
			.post()
			.uri(url + separator + envelope.query())
			.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(envelope.body().getBytes(StandardCharsets.UTF_8))))
			.responseSingle((response,
					body) -> body.asString().defaultIfEmpty("").map((text) -> new Answer(status(response), text))))
			.timeout(timeout)
			.onErrorResume((ex) -> Mono.just(new Answer(0, ex.toString())))
			.subscribe((answer) -> result.accept(answer.status(), answer.text()));
	}

	/**
	 * Waits for the answer to a GET: the handshake is rare and its asker wants to know.
	 */
	Answer fetch(String url, String query, Duration timeout) {
		Answer none = new Answer(0, "no answer");
		return Objects.requireNonNullElse(Mono
			.defer(() -> this.client.get()
				.uri(url + (url.contains("?") ? "&" : "?") + query)
				.responseSingle((response,
						body) -> body.asString().defaultIfEmpty("").map((text) -> new Answer(status(response), text))))
			.timeout(timeout)
			.onErrorResume((ex) -> Mono.just(new Answer(0, ex.toString())))
			.block(), none);
	}

	private static int status(HttpClientResponse response) {
		return response.status().code();
	}

	@Override
	public void close() {
		this.connections.dispose();
	}

	record Answer(int status, String text) {
	}

}
