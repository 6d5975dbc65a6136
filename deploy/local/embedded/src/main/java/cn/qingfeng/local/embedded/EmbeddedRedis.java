package cn.qingfeng.local.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis of our own, with its data in a folder. Whoever reaches its port on the loopback
 * address is let in, so it is for trials and tests only. It ends with this JVM however
 * that ends.
 */
public final class EmbeddedRedis implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(EmbeddedRedis.class);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final FileChannel lock;

	private final GuardedProcess server;

	private final int port;

	private final long pid;

	private EmbeddedRedis(FileChannel lock, GuardedProcess server, int port, long pid) {
		this.lock = lock;
		this.server = server;
		this.port = port;
		this.pid = pid;
	}

	/**
	 * Starts the Redis that comes with us.
	 * @param folder where its data, log and lock are kept
	 * @param port a port of the loopback address, 0 for a free one
	 * @return the running server
	 */
	public static EmbeddedRedis start(Path folder, int port) {
		return start(folder, port, null);
	}

	/**
	 * Starts a Redis or Valkey that is installed on this machine.
	 * @param folder where its data, log and lock are kept
	 * @param port a port of the loopback address, 0 for a free one
	 * @param executable its path, or its name on the search path; null for ours
	 * @return the running server
	 */
	public static EmbeddedRedis start(Path folder, int port, @Nullable String executable) {
		Path home = folder.toAbsolutePath().normalize();
		try {
			Files.createDirectories(home);
			FileChannel lock = Folders.lock(home);
			try {
				return start(lock, home, port, executable);
			}
			catch (IOException | RuntimeException ex) {
				lock.close();
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new EmbeddedServerException("Redis cannot use the folder " + home + ": " + ex.getMessage(),
					"Name a writable folder with qingfeng.local.data.", ex);
		}
	}

	private static EmbeddedRedis start(FileChannel lock, Path home, int port, @Nullable String executable)
			throws IOException {
		String program = (executable != null) ? executable : Binaries.redis(home.resolve("bin")).toString();
		Path data = Files.createDirectories(home.resolve("data"));
		Path pidFile = home.resolve("redis.pid");
		Leftover.stop(pidFile, data);
		Files.deleteIfExists(pidFile);
		Ports.requireFree(port, "Redis", "qingfeng.local.redis.port");
		Path logFile = Folders.log(home, "redis");
		return Ports.tryUntilFree(port,
				(chosen) -> launch(lock, command(program, data, pidFile, chosen), pidFile, chosen, logFile));
	}

	private static EmbeddedRedis launch(FileChannel lock, List<String> command, Path pidFile, int port, Path logFile)
			throws IOException {
		GuardedProcess server = GuardedProcess.start(command, logFile);
		try {
			long pid = awaitReady(server, pidFile, port);
			return new EmbeddedRedis(lock, server, port, pid);
		}
		catch (IOException | RuntimeException ex) {
			server.stop();
			throw ex;
		}
	}

	private static List<String> command(String program, Path data, Path pidFile, int port) {
		return List.of(program, "--port", Integer.toString(port), "--bind", Ports.LOOPBACK, "--dir", data.toString(),
				"--pidfile", pidFile.toString(), "--daemonize", "no", "--appendonly", "yes", "--appendfsync",
				"everysec", "--save", "", "--maxmemory-policy", "noeviction");
	}

	private static long awaitReady(GuardedProcess server, Path pidFile, int port) throws IOException {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (System.nanoTime() < end) {
			if (!server.isAlive()) {
				throw server.stoppedAtOnce("Redis");
			}
			if (Files.exists(pidFile) && answers(port)) {
				return Long.parseLong(Files.readString(pidFile).trim());
			}
			EmbeddedPostgres.pause();
		}
		throw new EmbeddedServerException("Redis was not ready within " + PATIENCE.toSeconds() + " s",
				"Its log is beside " + pidFile);
	}

	private static boolean answers(int port) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(Ports.LOOPBACK, port), 200);
			socket.setSoTimeout(500);
			socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
			byte[] answer = socket.getInputStream().readNBytes(5);
			return "+PONG".equals(new String(answer, StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			return false;
		}
	}

	public String host() {
		return Ports.LOOPBACK;
	}

	public int port() {
		return this.port;
	}

	/**
	 * The process of the server, for tests that kill it.
	 */
	public long pid() {
		return this.pid;
	}

	public String url() {
		return "redis://" + host() + ":" + this.port;
	}

	/**
	 * Shuts the server down and waits until it has ended.
	 */
	@Override
	public void close() {
		try (FileChannel held = this.lock) {
			if (held.isOpen()) {
				this.server.stop();
				log.info("Embedded Redis on port {} has stopped", this.port);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
