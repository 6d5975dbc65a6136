package cn.qingfeng.local;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Callers who hold their connections as long as the server lets them: a fifth of them
 * silent, a fifth dripping headers, a fifth dripping a body, a fifth sending one that
 * never ends, and a fifth asking for much and reading nothing.
 */
final class SlowCallers implements Closeable {

	private final List<Caller> callers;

	private SlowCallers(List<Caller> callers) {
		this.callers = callers;
	}

	static SlowCallers connect(int port, String path, int count) {
		return new SlowCallers(IntStream.range(0, count).mapToObj((number) -> new Caller(port, path, number)).toList());
	}

	/** How many of which kind the server has not closed yet. */
	Map<String, Long> open() {
		return this.callers.stream()
			.filter((caller) -> caller.open.get())
			.collect(Collectors.groupingBy((caller) -> caller.manner.name(), Collectors.counting()));
	}

	@Override
	public void close() {
		this.callers.forEach(Caller::hangUp);
	}

	private static final class Caller {

		private static final int DRIP_MILLIS = 500;

		private static final String LONG_ANSWER = "GET /openapi/admin.yaml HTTP/1.1\r\nHost: a\r\n\r\n";

		private static final int MORE_THAN_SOCKETS_HOLD = 150;

		private static final AtomicInteger STARTED = new AtomicInteger();

		private final AtomicBoolean open = new AtomicBoolean(true);

		private final Manner manner;

		private final Socket socket;

		Caller(int port, String path, int number) {
			this.manner = manner(path, number);
			try {
				this.socket = new Socket();
				this.socket.setReceiveBufferSize(this.manner.reads() ? 65_536 : 4_096);
				this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
				this.socket.setSoTimeout(DRIP_MILLIS);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			Thread.ofVirtual().name("slow-", STARTED.incrementAndGet()).start(() -> hold());
		}

		private static Manner manner(String path, int number) {
			String head = "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\n";
			return switch (number % 5) {
				case 0 -> new Manner("silent", true, "", "");
				case 1 -> new Manner("dripping headers", true, head, "X-Drip: 1\r\n");
				case 2 -> new Manner("dripping a body", true, head + "Content-Length: 60000\r\n\r\n", "x");
				case 3 -> new Manner("without end", true, head + "Transfer-Encoding: chunked\r\n\r\n",
						"2000\r\n" + "x".repeat(0x2000) + "\r\n");
				default -> new Manner("not reading", false, LONG_ANSWER.repeat(MORE_THAN_SOCKETS_HOLD), LONG_ANSWER);
			};
		}

		/** Sends until the server has closed, which a read or a write notices. */
		private void hold() {
			try {
				send(this.manner.first());
				while (!ended()) {
					send(this.manner.then());
				}
			}
			catch (IOException ex) {
				hangUp();
			}
			this.open.set(false);
		}

		private void send(String text) throws IOException {
			this.socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
		}

		/** Who reads nothing learns of the end by a write that fails. */
		private boolean ended() throws IOException {
			if (!this.manner.reads()) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(DRIP_MILLIS));
				return false;
			}
			try {
				return this.socket.getInputStream().read() < 0;
			}
			catch (SocketTimeoutException ex) {
				return false;
			}
		}

		void hangUp() {
			try {
				this.socket.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	/**
	 * How a caller behaves.
	 *
	 * @param name for a failing test
	 * @param reads whether it looks at answers
	 * @param first what is sent at once
	 * @param then what is sent from time to time
	 */
	private record Manner(String name, boolean reads, String first, String then) {

	}

}
