package cn.qingfeng.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * Reactor Netty and nothing else, with the same bytes for whatever is asked: what an
 * answer from memory costs at least. Arguments: the port and the file of the bytes.
 */
final class BareServer {

	private BareServer() {
	}

	public static void main(String[] arguments) throws IOException {
		ByteBuf body = Unpooled.unreleasableBuffer(
				Unpooled.directBuffer().writeBytes(Files.readAllBytes(Path.of(arguments[1]))).asReadOnly());
		String length = Integer.toString(body.readableBytes());
		DisposableServer server = HttpServer.create()
			.host(Ports.LOOPBACK)
			.port(Integer.parseInt(arguments[0]))
			.handle((request, response) -> response.header(HttpHeaderNames.CONTENT_TYPE, "application/json")
				.header(HttpHeaderNames.CONTENT_LENGTH, length)
				.send(Mono.just(body.duplicate())))
			.bindNow();
		ProcessHandle.current().parent().ifPresent((parent) -> parent.onExit().thenRun(server::disposeNow));
		server.onDispose().block();
	}

}
