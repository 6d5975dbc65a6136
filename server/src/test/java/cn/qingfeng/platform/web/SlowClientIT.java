package cn.qingfeng.platform.web;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SlowClientIT {

	private static final byte[] LONG_REQUEST = "GET /long HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
		.getBytes(StandardCharsets.US_ASCII);

	private static final int PIECE = 65_536;

	private static final int PIECES = 1_024;

	private final CompletableFuture<SignalType> endOfAnswer = new CompletableFuture<>();

	private final List<WeakReference<Object>> requests = new CopyOnWriteArrayList<>();

	private WebServer server;

	@BeforeEach
	void start() {
		start(Duration.ofSeconds(1));
	}

	private void start(Duration requestTimeout) {
		if (this.server != null) {
			this.server.stop();
		}
		NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory(0);
		new NettyLimits(new WebProperties(Duration.ofSeconds(5), DataSize.ofMegabytes(1), DataSize.ofMegabytes(20),
				Duration.ofSeconds(1), requestTimeout, Duration.ofSeconds(1)))
			.customize(factory);
		this.server = factory.getWebServer((request, response) -> switch (request.getPath().value()) {
			case "/hasty" -> {
				this.requests.add(new WeakReference<>(ServerHttpRequestDecorator.getNativeRequest(request)));
				yield response.setComplete();
			}
			case "/long" -> response.writeWith(longAnswer(response.bufferFactory()));
			default ->
				DataBufferUtils.join(request.getBody()).doOnNext(DataBufferUtils::release).then(response.setComplete());
		});
		this.server.start();
	}

	/** More than the sockets of both sides hold. */
	private Flux<DataBuffer> longAnswer(DataBufferFactory buffers) {
		return Flux.range(0, PIECES)
			.map((number) -> buffers.wrap(new byte[PIECE]))
			.doFinally((signal) -> this.endOfAnswer.complete(signal));
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
	void aBodyThatGoesOnAfterItsAnswerIsCutOff() throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.server.getPort())) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream()
				.write("POST /hasty HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nslow"
					.getBytes(StandardCharsets.US_ASCII));

			assertThat(untilClosed(socket)).contains(" 200 ");
		}
	}

	/** The answer is given before the server has seen the end of the request. */
	@Test
	void anAnsweredRequestIsForgottenAtOnce() throws IOException {
		start(Duration.ofHours(1));
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.server.getPort())) {
			socket.setSoTimeout(20_000);
			for (int i = 0; i < 20; i++) {
				socket.getOutputStream()
					.write("GET /hasty HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
				readHead(socket.getInputStream());
			}

			await().untilAsserted(() -> {
				System.gc();
				assertThat(this.requests).hasSize(20)
					.filteredOn((request) -> request.get() != null)
					.hasSizeLessThanOrEqualTo(2);
			});
		}
	}

	/** Never silent for long, and so never idle. */
	@Test
	void headersThatNeverEndAreCutOff() throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.server.getPort())) {
			socket.setSoTimeout(100);
			socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(dripsUntilClosed(socket)).isLessThan(200);
		}
	}

	@Test
	void aSecondRequestHasATimeOfItsOwn() throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.server.getPort())) {
			socket.setSoTimeout(20_000);
			String request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
			for (int i = 0; i < 3; i++) {
				socket.getOutputStream().write(request.substring(0, 9).getBytes(StandardCharsets.US_ASCII));
				socket.getOutputStream().flush();
				socket.getOutputStream().write(request.substring(9).getBytes(StandardCharsets.US_ASCII));
				assertThat(socket.getInputStream().read()).isEqualTo('H');
				readHead(socket.getInputStream());
			}
			socket.getOutputStream().write(request.substring(0, 9).getBytes(StandardCharsets.US_ASCII));
			assertThat(untilClosed(socket)).isEmpty();
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

	@Test
	void anAnswerThatNobodyReadsIsCutOff() throws Exception {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.server.getPort())) {
			socket.getOutputStream().write(LONG_REQUEST);

			assertThat(this.endOfAnswer.get(20, TimeUnit.SECONDS)).isNotEqualTo(SignalType.ON_COMPLETE);
			socket.setSoTimeout(20_000);
			assertThat(untilBroken(socket)).isLessThan((long) PIECE * PIECES);
		}
	}

	/** Longer in all than may pass without a byte. */
	@Test
	void anAnswerThatIsReadSlowlyArrivesWhole() throws Exception {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.server.getPort())) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream().write(LONG_REQUEST);
			for (int pause = 0; pause < 4; pause++) {
				socket.getInputStream().readNBytes(PIECE * 64);
				await().during(Duration.ofMillis(600)).until(() -> !this.endOfAnswer.isDone());
			}

			assertThat(untilBroken(socket)).isGreaterThan((long) PIECE * (PIECES - 4 * 64));
			assertThat(this.endOfAnswer.get(20, TimeUnit.SECONDS)).isEqualTo(SignalType.ON_COMPLETE);
		}
	}

	/** How much came until the end, be it a proper one or not. */
	private static long untilBroken(Socket socket) throws IOException {
		long read = 0;
		byte[] piece = new byte[PIECE];
		try {
			for (int more = 0; more >= 0; more = socket.getInputStream().read(piece)) {
				read += more;
			}
		}
		catch (SocketException ex) {
			return read;
		}
		return read;
	}

	private static int dripsUntilClosed(Socket socket) throws IOException {
		int drips = 0;
		try {
			while (drips < 200 && isOpen(socket)) {
				socket.getOutputStream().write("X-Drip: 1\r\n".getBytes(StandardCharsets.US_ASCII));
				drips++;
			}
		}
		catch (SocketException ex) {
			return drips;
		}
		return drips;
	}

	private static boolean isOpen(Socket socket) throws IOException {
		try {
			return socket.getInputStream().read() >= 0;
		}
		catch (SocketTimeoutException ex) {
			return true;
		}
	}

	private static void readHead(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			head.append((char) in.read());
		}
	}

	private static String untilClosed(Socket socket) throws IOException {
		try (InputStream in = socket.getInputStream()) {
			return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
		}
	}

}
