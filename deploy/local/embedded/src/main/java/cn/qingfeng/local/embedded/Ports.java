package cn.qingfeng.local.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Ports of the loopback address.
 */
final class Ports {

	private static final int ATTEMPTS = 5;

	static final String LOOPBACK = "127.0.0.1";

	private Ports() {
	}

	/**
	 * Starts a server on the port, or on a free one for 0. Somebody may take the free
	 * port before the server does: then another one is tried.
	 */
	static <T> T tryUntilFree(int port, Launch<T> launch) throws IOException {
		for (int left = ATTEMPTS; port == 0 && left > 1; left--) {
			int chosen = free();
			try {
				return launch.on(chosen);
			}
			catch (EmbeddedServerException ex) {
				if (isFree(chosen)) {
					throw ex;
				}
			}
		}
		return launch.on((port != 0) ? port : free());
	}

	private static int free() throws IOException {
		try (ServerSocket socket = bind(0)) {
			return socket.getLocalPort();
		}
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = bind(port)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * A server that we did not start keeps its port.
	 */
	static void requireFree(int port, String server, String property) {
		if (port != 0 && !isFree(port)) {
			throw new EmbeddedServerException(
					"Port " + port + " for " + server
							+ " belongs to another program on this machine; it was left alone.",
					"Choose another port with " + property + " (0 takes a free one).");
		}
	}

	private static ServerSocket bind(int port) throws IOException {
		ServerSocket socket = new ServerSocket();
		try {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(LOOPBACK, port));
			return socket;
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

	@FunctionalInterface
	interface Launch<T> {

		T on(int port) throws IOException;

	}

}
