package cn.qingfeng.platform.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class SlowClientIT {

	private WebServer server;

	@BeforeEach
	void start() {
		NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory(0);
		new NettyLimits(new WebProperties(Duration.ofSeconds(5), DataSize.ofMegabytes(1), DataSize.ofMegabytes(20),
				Duration.ofSeconds(1)))
			.customize(factory);
		this.server = factory.getWebServer((request, response) -> DataBufferUtils.join(request.getBody())
			.doOnNext(DataBufferUtils::release)
			.then(response.setComplete()));
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop();
	}

	@Test
	void aBodyThatNeverEndsIsCutOff() throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.server.getPort())) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream()
				.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nslow"
					.getBytes(StandardCharsets.US_ASCII));

			assertThat(untilClosed(socket)).doesNotContain(" 200 ");
		}
	}

	@Test
	void aBodyThatEndsIsAnswered() throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.server.getPort())) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream()
				.write("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 4\r\n\r\nfast"
					.getBytes(StandardCharsets.US_ASCII));

			assertThat(untilClosed(socket)).contains(" 200 ");
		}
	}

	private static String untilClosed(Socket socket) throws IOException {
		try (InputStream in = socket.getInputStream()) {
			return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
		}
	}

}
