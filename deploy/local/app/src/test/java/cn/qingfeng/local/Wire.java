package cn.qingfeng.local;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The line between the servers and WeChat. Cut, it is as after a partition: what was
 * connected hears nothing more, and nothing new gets through.
 */
final class Wire {

	private final int target;

	private final int port;

	private final List<Socket> open = new CopyOnWriteArrayList<>();

	private ServerSocket door;

	private AtomicBoolean passes = new AtomicBoolean(true);

	Wire(int target) {
		this.target = target;
		this.door = door(0);
		this.port = this.door.getLocalPort();
		accept(this.door, this.passes);
	}

	int port() {
		return this.port;
	}

	void cut() {
		this.passes.set(false);
		close(this.door);
	}

	/** Connections from before stay dead. */
	void mend() {
		if (this.door.isClosed()) {
			this.open.forEach(Wire::close);
			this.open.clear();
			this.passes = new AtomicBoolean(true);
			this.door = door(this.port);
			accept(this.door, this.passes);
		}
	}

	private static ServerSocket door(int port) {
		try {
			return new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept(ServerSocket accepting, AtomicBoolean alive) {
		Thread.ofVirtual().start(() -> {
			try {
				while (alive.get()) {
					join(accepting.accept(), alive);
				}
			}
			catch (IOException ex) {
				close(accepting);
			}
		});
	}

	private void join(Socket caller, AtomicBoolean alive) throws IOException {
		Socket wechat = new Socket(InetAddress.getLoopbackAddress(), this.target);
		this.open.addAll(List.of(caller, wechat));
		Thread.ofVirtual().start(() -> pump(caller, wechat, alive));
		Thread.ofVirtual().start(() -> pump(wechat, caller, alive));
	}

	/** After the cut it reads on and forwards nothing, nor the end of either side. */
	private static void pump(Socket from, Socket to, AtomicBoolean alive) {
		byte[] piece = new byte[8_192];
		try {
			InputStream in = from.getInputStream();
			for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
				if (alive.get()) {
					to.getOutputStream().write(piece, 0, read);
				}
			}
		}
		catch (IOException ex) {
			close(from);
		}
		if (alive.get()) {
			close(from);
			close(to);
		}
	}

	private static void close(Closeable socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
