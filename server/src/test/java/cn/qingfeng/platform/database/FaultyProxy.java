package cn.qingfeng.platform.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between the driver and the database and breaks the line on demand.
 */
public final class FaultyProxy implements AutoCloseable {

	private final ServerSocket listener;

	private final int target;

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final List<Line> lines = new CopyOnWriteArrayList<>();

	public FaultyProxy(int target) throws IOException {
		this.target = target;
		this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
		this.threads.submit(this::accept);
	}

	public int port() {
		return this.listener.getLocalPort();
	}

	/** Every line there is swallows all bytes from now on; new ones work. */
	public void halfOpen() {
		this.lines.forEach((line) -> line.dead = true);
	}

	/** Cuts every line with a reset. */
	public void reset() {
		this.lines.forEach(Line::reset);
		this.lines.clear();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		reset();
		this.threads.shutdownNow();
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket near = this.listener.accept();
				Socket far = new Socket(InetAddress.getLoopbackAddress(), this.target);
				Line line = new Line(near, far);
				this.lines.add(line);
				this.threads.submit(() -> line.pump(near, far));
				this.threads.submit(() -> line.pump(far, near));
			}
			catch (IOException ex) {
				if (!this.listener.isClosed()) {
					throw new UncheckedIOException(ex);
				}
			}
		}
	}

	private static final class Line {

		private final Socket near;

		private final Socket far;

		private volatile boolean dead;

		Line(Socket near, Socket far) {
			this.near = near;
			this.far = far;
		}

		void pump(Socket from, Socket to) {
			byte[] buffer = new byte[8192];
			try (from; to) {
				InputStream in = from.getInputStream();
				OutputStream out = to.getOutputStream();
				for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
					if (!this.dead) {
						out.write(buffer, 0, count);
					}
				}
			}
			catch (IOException ex) {
				// The other direction closed it: the line is gone.
			}
		}

		void reset() {
			try (this.near; this.far) {
				this.near.setSoLinger(true, 0);
			}
			catch (IOException ex) {
				// It is closed already.
			}
		}

	}

}
