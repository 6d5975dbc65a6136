package cn.qingfeng.platform.warmup;

import java.net.InetAddress;
import java.time.Duration;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.util.CharsetUtil;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.HttpMethod;

/**
 * This node as a member's phone sees it.
 */
public final class OwnServer implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final ConnectionProvider connections = ConnectionProvider.create("warm-up");

	private final HttpClient http;

	OwnServer(InetAddress address, int port, String secret) {
		this.http = HttpClient.create(this.connections)
			.host(address.getHostAddress())
			.port(port)
			.responseTimeout(PATIENCE)
			.headers((headers) -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + secret)
				.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON));
	}

	/**
	 * Calls it as a member who does not exist.
	 * @param method of the call
	 * @param path in the APIs
	 * @param json body, empty for none
	 * @return completes with any answer, fails on a fault of the server
	 */
	public Mono<Void> call(HttpMethod method, String path, String json) {
		return this.http.request(io.netty.handler.codec.http.HttpMethod.valueOf(method.name()))
			.uri(path)
			.send(Mono.just(Unpooled.copiedBuffer(json, CharsetUtil.UTF_8)))
			.responseSingle((response, body) -> body.asByteArray().thenReturn(response.status().code()))
			.filter((status) -> status < 500)
			.switchIfEmpty(Mono.error(() -> new IllegalStateException(method + " " + path + " is not answered")))
			.then();
	}

	@Override
	public void close() {
		this.connections.dispose();
	}

}
