package cn.qingfeng.platform.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

import cn.qingfeng.QingfengIT;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A phone or a proxy that sends its next request before the last answer has quite ended.
 */
@QingfengIT
class KeepAliveIT {

	/** Answered from the database, by another thread. */
	private static final String SLOW = "GET /api/v1/columns HTTP/1.1\r\nHost: localhost\r\n\r\n";

	/** Answered on the spot. */
	private static final String FAST = "GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\n\r\n";

	private static final String LAST = "GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

	@LocalServerPort
	private int port;

	@Test
	void aConnectionIsReadOnAfterRequestsThatCameTogether() throws IOException {
		for (int round = 0; round < 5; round++) {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
				send(socket, SLOW + FAST);
				assertThat(answers(socket, 2_000)).isEqualTo(2);
				send(socket, LAST);
				assertThat(answers(socket, 20_000)).isEqualTo(1);
			}
		}
	}

	private static void send(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
		socket.getOutputStream().flush();
	}

	/** How many answers come until the server closes or is silent for so long. */
	private static int answers(Socket socket, int silence) throws IOException {
		socket.setSoTimeout(silence);
		StringBuilder text = new StringBuilder();
		InputStream in = socket.getInputStream();
		try {
			for (int next = in.read(); next >= 0; next = in.read()) {
				text.append((char) next);
			}
		}
		catch (SocketTimeoutException ex) {
			// Silence is the end of what was asked for.
		}
		return text.toString().split("HTTP/1\\.1 \\d{3}", -1).length - 1;
	}

}
