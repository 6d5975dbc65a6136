package cn.qingfeng.local.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL 18 of our own, with its data in a folder. Whoever reaches its port on the
 * loopback address is let in, so it is for trials and tests only. Data is as safe as in
 * production (fsync is on), and the server ends with this JVM however that ends.
 */
public final class EmbeddedPostgres implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

	private static final String SUPERUSER = "postgres";

	private static final String OWNER = "qingfeng";

	private static final String APP = OWNER + "_app";

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final int STATUS_LINE = 7;

	private final FileChannel lock;

	private final GuardedProcess server;

	private final int port;

	private final long pid;

	private EmbeddedPostgres(FileChannel lock, GuardedProcess server, int port, long pid) {
		this.lock = lock;
		this.server = server;
		this.port = port;
		this.pid = pid;
	}

	/**
	 * Starts the server on a folder; the database and the roles {@code qingfeng} and
	 * {@code qingfeng_app} are there afterwards.
	 * @param folder where its data, log and lock are kept
	 * @param port a port of the loopback address, 0 for a free one
	 * @return the running server
	 */
	public static EmbeddedPostgres start(Path folder, int port) {
		Path home = folder.toAbsolutePath().normalize();
		try {
			Files.createDirectories(home);
			FileChannel lock = Folders.lock(home);
			try {
				return start(lock, home, port);
			}
			catch (IOException | RuntimeException ex) {
				lock.close();
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new EmbeddedServerException("PostgreSQL cannot use the folder " + home + ": " + ex.getMessage(),
					"Name a writable folder with qingfeng.local.data.", ex);
		}
	}

	private static EmbeddedPostgres start(FileChannel lock, Path home, int port) throws IOException {
		Path installation = Binaries.postgres(home.resolve("bin"));
		Path data = home.resolve("data");
		Path logFile = Folders.log(home, "postgres");
		initialise(installation, home, data, logFile);
		Leftover.stop(data.resolve("postmaster.pid"), data);
		Ports.requireFree(port, "PostgreSQL", "qingfeng.local.postgres.port");
		return Ports.tryUntilFree(port,
				(chosen) -> launch(lock, command(installation, data, chosen), data, chosen, logFile));
	}

	private static EmbeddedPostgres launch(FileChannel lock, List<String> command, Path data, int port, Path logFile)
			throws IOException {
		GuardedProcess server = GuardedProcess.start(Platform.asOrdinaryUser(command), logFile);
		try {
			long pid = awaitReady(server, data);
			EmbeddedPostgres postgres = new EmbeddedPostgres(lock, server, port, pid);
			postgres.createRoles();
			return postgres;
		}
		catch (IOException | RuntimeException ex) {
			server.stop();
			throw ex;
		}
	}

	private static void initialise(Path installation, Path home, Path data, Path logFile) throws IOException {
		if (Files.isDirectory(data)) {
			requireSameVersion(installation, data);
			return;
		}
		Path half = home.resolve("data.initialising");
		Folders.delete(half);
		Process initdb = new ProcessBuilder(
				Platform.asOrdinaryUser(List.of(installation.resolve("bin/initdb").toString(), "-D", half.toString(),
						"-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale-provider=builtin",
						"--builtin-locale=C.UTF-8", "--locale=C.UTF-8", "--no-instructions")))
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()))
			.start();
		if (!GuardedProcess.succeeded(initdb, PATIENCE)) {
			initdb.destroy();
			throw new EmbeddedServerException("PostgreSQL could not prepare its data folder " + half,
					"The reason is at the end of " + logFile);
		}
		Files.move(half, data, StandardCopyOption.ATOMIC_MOVE);
	}

	private static void requireSameVersion(Path installation, Path data) throws IOException {
		String written = Files.readString(data.resolve("PG_VERSION")).trim();
		String ours = major(installation);
		if (!written.equals(ours)) {
			throw new EmbeddedServerException(
					"The folder " + data + " was written by PostgreSQL " + written + "; this one is " + ours + ".",
					"Name another folder with qingfeng.local.data, or delete this one to start afresh.");
		}
	}

	private static String major(Path installation) throws IOException {
		try (BufferedReader catalogue = Files
			.newBufferedReader(installation.resolve("share/postgresql/postgres.bki"))) {
			return catalogue.readLine().replace("# PostgreSQL", "").trim();
		}
	}

	private static List<String> command(Path installation, Path data, int port) {
		List<String> command = new ArrayList<>(List.of(installation.resolve("bin/postgres").toString(), "-D",
				data.toString(), "-p", Integer.toString(port)));
		List.of("listen_addresses=" + Ports.LOOPBACK, "unix_socket_directories=", "max_connections=100",
				"shared_buffers=128MB", "fsync=on", "synchronous_commit=on", "timezone=UTC", "log_timezone=UTC",
				"log_min_messages=warning", "log_line_prefix=%m [%p] %q%u@%d ")
			.forEach((setting) -> command.addAll(List.of("-c", setting)));
		return command;
	}

	private static long awaitReady(GuardedProcess server, Path data) throws IOException {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (System.nanoTime() < end) {
			if (!server.isAlive()) {
				throw server.stoppedAtOnce("PostgreSQL");
			}
			List<String> status = lines(data.resolve("postmaster.pid"));
			if (status.size() > STATUS_LINE && "ready".equals(status.get(STATUS_LINE).trim())) {
				long pid = Long.parseLong(status.getFirst().trim());
				if (server.isParentOf(pid)) {
					return pid;
				}
			}
			pause();
		}
		throw new EmbeddedServerException("PostgreSQL was not ready within " + PATIENCE.toSeconds() + " s",
				"Its log is beside its data folder " + data);
	}

	private static List<String> lines(Path file) throws IOException {
		try {
			return Files.readAllLines(file);
		}
		catch (NoSuchFileException ex) {
			return List.of();
		}
	}

	static void pause() {
		try {
			TimeUnit.MILLISECONDS.sleep(20);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new EmbeddedServerException("The start was interrupted.", "Start again.", ex);
		}
	}

	private void createRoles() {
		try (Connection connection = DriverManager.getConnection(jdbcUrl(SUPERUSER), SUPERUSER, password());
				Statement statement = connection.createStatement()) {
			if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + OWNER + "'")) {
				statement.execute("CREATE ROLE " + OWNER + " LOGIN CREATEDB PASSWORD '" + password() + "'");
			}
			if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + APP + "'")) {
				statement.execute("CREATE ROLE " + APP + " LOGIN PASSWORD '" + password() + "'");
			}
			if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = '" + OWNER + "'")) {
				statement.execute("CREATE DATABASE " + OWNER + " OWNER " + OWNER);
			}
		}
		catch (SQLException ex) {
			throw new EmbeddedServerException("PostgreSQL started, but its database could not be made.",
					"Look at the cause and at its log.", ex);
		}
	}

	private static boolean exists(Statement statement, String query) throws SQLException {
		try (ResultSet result = statement.executeQuery(query)) {
			return result.next();
		}
	}

	/**
	 * Makes a database as a copy of another one, unless it is there.
	 * @param name the new database's name
	 * @param template the database to copy, to which nobody may be connected;
	 * {@code template1} for an empty one
	 */
	public void createDatabase(String name, String template) {
		inMaintenance((statement) -> {
			if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = " + statement.enquoteLiteral(name))) {
				statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, true) + " TEMPLATE "
						+ statement.enquoteIdentifier(template, true));
			}
		});
	}

	/**
	 * Drops a database and throws its users out.
	 * @param name the database's name
	 */
	public void dropDatabase(String name) {
		inMaintenance((statement) -> statement
			.execute("DROP DATABASE IF EXISTS " + statement.enquoteIdentifier(name, true) + " WITH (FORCE)"));
	}

	private void inMaintenance(Maintenance work) {
		try (Connection connection = DriverManager.getConnection(jdbcUrl(SUPERUSER), user(), password());
				Statement statement = connection.createStatement()) {
			work.run(statement);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public String host() {
		return Ports.LOOPBACK;
	}

	public int port() {
		return this.port;
	}

	/**
	 * The database that belongs to the application.
	 */
	public String database() {
		return OWNER;
	}

	/**
	 * Owns the database and may create others, but is no superuser, as in production.
	 */
	public String user() {
		return OWNER;
	}

	/**
	 * The role with which the application works: it owns nothing, and may do what the
	 * owner's migrations granted to it, as in production.
	 */
	public String appUser() {
		return APP;
	}

	/**
	 * Of both roles.
	 */
	public String password() {
		return OWNER;
	}

	/**
	 * The process of the postmaster, for tests that kill it.
	 */
	public long pid() {
		return this.pid;
	}

	public String jdbcUrl(String database) {
		return "jdbc:postgresql://" + host() + ":" + this.port + "/" + database;
	}

	public String r2dbcUrl(String database) {
		return "r2dbc:postgresql://" + host() + ":" + this.port + "/" + database;
	}

	/**
	 * Shuts the server down and waits until it has ended.
	 */
	@Override
	public void close() {
		try (FileChannel held = this.lock) {
			if (held.isOpen()) {
				this.server.stop();
				log.info("Embedded PostgreSQL on port {} has stopped", this.port);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@FunctionalInterface
	private interface Maintenance {

		void run(Statement statement) throws SQLException;

	}

}
