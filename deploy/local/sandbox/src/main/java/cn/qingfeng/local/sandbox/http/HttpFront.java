package cn.qingfeng.local.sandbox.http;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import cn.qingfeng.local.sandbox.fault.Fault;
import cn.qingfeng.local.sandbox.fault.FaultKind;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * The socket. It hands each request over as a whole and lets faults happen on the way
 * back.
 */
public final class HttpFront implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(HttpFront.class);

	private static final int LARGEST_BODY = 32 * 1024 * 1024;

	/** Time for the answer to whoever asks for the door to be closed. */
	private static final Duration GRACE = Duration.ofMillis(100);

	private final HttpServer http;

	private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

	private final int port;

	private volatile DisposableServer server;

	private final Scheduler owner;

	private final Function<Call, Answered> answers;

	public HttpFront(int port, LoopResources loops, Scheduler owner, Function<Call, Answered> answers) {
		this.owner = owner;
		this.answers = answers;
		this.http = HttpServer.create()
			.host("127.0.0.1")
			.runOn(loops)
			.doOnConnection(this::keep)
			.httpRequestDecoder((spec) -> spec.maxInitialLineLength(32 * 1024).maxHeaderSize(32 * 1024))
			.handle(this::handle);
		this.server = this.http.port(port).bindNow(Duration.ofSeconds(10));
		this.port = this.server.port();
	}

	public int port() {
		return this.port;
	}

	private void keep(Connection connection) {
		this.connections.add(connection);
		connection.onDispose(() -> this.connections.remove(connection));
	}

	/** Cuts all connections and refuses new ones for a while. */
	public void refuse(Duration time) {
		Mono.delay(GRACE)
			.then(Mono.fromRunnable(this::closeDoor))
			.then(Mono.delay(time))
			.then(Mono.defer(() -> this.http.port(this.port).bind()))
			.subscribe((open) -> this.server = open, (error) -> log.error("the sandbox cannot listen again", error));
	}

	private void closeDoor() {
		this.server.dispose();
		this.connections.forEach(Connection::dispose);
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		if (length(request) > LARGEST_BODY) {
			return response.status(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE).send();
		}
		return request.receive()
			.aggregate()
			.asByteArray()
			.defaultIfEmpty(new byte[0])
			.map((body) -> call(request, body))
			.publishOn(this.owner)
			.map(this::answer)
			.flatMap((answered) -> send(response, answered));
	}

	private static long length(HttpServerRequest request) {
		String length = request.requestHeaders().get("content-length", "0");
		return length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
	}

	private Answered answer(Call call) {
		try {
			return this.answers.apply(call);
		}
		catch (RuntimeException ex) {
			log.error("the sandbox failed at {} {}", call.method(), call.path(), ex);
			return new Answered(Reply.text(500, "text/plain; charset=utf-8", "the sandbox failed: " + ex), null);
		}
	}

	private static Call call(HttpServerRequest request, byte[] body) {
		QueryStringDecoder uri = new QueryStringDecoder(request.uri(), StandardCharsets.UTF_8);
		Map<String, String> query = new HashMap<>();
		uri.parameters().forEach((name, values) -> query.put(name, first(values)));
		Map<String, String> headers = new HashMap<>();
		request.requestHeaders()
			.forEach((header) -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
		InetSocketAddress remote = request.remoteAddress();
		return new Call(request.method().name(), uri.path(), query, headers, body,
				(remote != null) ? remote.getAddress().getHostAddress() : "");
	}

	private static String first(List<String> values) {
		return values.isEmpty() ? "" : values.getFirst();
	}

	private static Mono<Void> send(HttpServerResponse response, Answered answered) {
		Fault fault = answered.fault();
		if (fault == null) {
			return write(response, answered.reply(), answered.reply().body());
		}
		byte[] body = answered.reply().body();
		return switch (fault.kind()) {
			case LATENCY -> Mono.delay(Duration.ofMillis(fault.value())).then(write(response, answered.reply(), body));
			case TIMEOUT_AFTER_EFFECT, RESET -> cut(response, fault);
			case TRUNCATE -> write(response, answered.reply(), Arrays.copyOf(body, body.length / 2));
			case EMPTY -> write(response, answered.reply(), new byte[0]);
			default -> write(response, answered.reply(), body);
		};
	}

	private static Mono<Void> cut(HttpServerResponse response, Fault fault) {
		return Mono.delay(Duration.ofMillis((fault.kind() == FaultKind.RESET) ? 0 : fault.value()))
			.then(Mono.fromRunnable(() -> response.withConnection((connection) -> connection.channel().close())));
	}

	private static Mono<Void> write(HttpServerResponse response, Reply reply, byte[] body) {
		return Mono.defer(() -> {
			response.status(reply.status()).header("Content-Type", reply.type());
			response.header("Content-Length", Integer.toString(body.length));
			reply.headers().forEach(response::header);
			return response.sendByteArray(Mono.just(body)).then();
		});
	}

	@Override
	public void close() {
		this.server.disposeNow(Duration.ofSeconds(3));
	}

}
