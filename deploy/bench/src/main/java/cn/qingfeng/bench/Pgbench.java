package cn.qingfeng.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import cn.qingfeng.local.embedded.EmbeddedPostgres;

/**
 * The limit of a submission: PostgreSQL's own load generator runs, a transaction for each
 * paper, the statements with which {@code Submissions} closes many at once. It has no
 * HTTP, no session and nothing to score.
 */
final class Pgbench {

	private static final String SCRIPT = "/bench/submission.sql";

	private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");

	private static final long NANOS_PER_MICRO = 1_000;

	private final EmbeddedPostgres postgres;

	private final Path folder;

	private final Path script;

	/**
	 * Fails when there is no {@code pgbench} on the path.
	 * @param postgres where it runs
	 * @param folder for script and logs
	 */
	Pgbench(EmbeddedPostgres postgres, Path folder) {
		this.postgres = postgres;
		this.folder = folder;
		this.script = script(folder);
	}

	private static Path script(Path folder) {
		Path script = folder.resolve("submission.sql");
		try (InputStream content = Objects.requireNonNull(Pgbench.class.getResourceAsStream(SCRIPT))) {
			Files.copy(content, script, StandardCopyOption.REPLACE_EXISTING);
			return script;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static void requireInstalled() {
		try {
			new ProcessBuilder("pgbench", "--version").redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor();
		}
		catch (IOException ex) {
			throw new BenchException(
					"There is no pgbench on the PATH. It comes with PostgreSQL (Debian: postgresql-contrib or postgresql-15).",
					ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BenchException("Interrupted", ex);
		}
	}

	/** Hands all the papers in. */
	Measured submit(Papers papers, int clients) {
		int each = papers.size() / clients;
		Path log = clean("pgbench.log");
		run(List.of("pgbench", "-n", "-M", "prepared", "-h", this.postgres.host(), "-p",
				Integer.toString(this.postgres.port()), "-U", this.postgres.appUser(), "-c", Integer.toString(clients),
				"-j", Integer.toString(Math.min(2, clients)), "-t", Integer.toString(each), "-D",
				"first=" + papers.first(), "-D", "each=" + each, "-D", "done=0", "-f", this.script.toString(), "--log",
				"--log-prefix=" + this.folder.resolve("pgbench-latencies"), this.postgres.database()), log);
		return measured(read(log), each * clients);
	}

	private Path clean(String name) {
		try (Stream<Path> files = Files.list(this.folder)) {
			for (Path old : files.filter((file) -> file.getFileName().toString().startsWith("pgbench")).toList()) {
				Files.delete(old);
			}
			return this.folder.resolve(name);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void run(List<String> command, Path log) {
		try {
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
			builder.environment().put("LC_ALL", "C");
			Process process = builder.start();
			Thread stop = new Thread(process::destroyForcibly);
			Runtime.getRuntime().addShutdownHook(stop);
			int status = process.waitFor();
			Runtime.getRuntime().removeShutdownHook(stop);
			if (status != 0) {
				throw new BenchException("pgbench failed: " + read(log));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BenchException("Interrupted", ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Measured measured(String output, int transactions) {
		Matcher rate = RATE.matcher(output);
		if (!rate.find()) {
			throw new BenchException("pgbench tells no rate: " + output);
		}
		Duration elapsed = Duration.ofNanos(Math.round(transactions * 1e9 / Double.parseDouble(rate.group(1))));
		return new Measured(transactions, 0, "", elapsed, Latencies.of(latencies()));
	}

	/** The third figure of each line of its logs, in microseconds. */
	private LongStream latencies() {
		try (Stream<Path> files = Files.list(this.folder)) {
			return LongStream.of(files.filter((file) -> file.getFileName().toString().startsWith("pgbench-latencies"))
				.flatMap((file) -> read(file).lines())
				.mapToLong((line) -> Long.parseLong(line.split(" ", 4)[2]) * NANOS_PER_MICRO)
				.toArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
