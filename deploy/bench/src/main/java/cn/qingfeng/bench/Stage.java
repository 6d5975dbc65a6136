package cn.qingfeng.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

import cn.qingfeng.local.embedded.EmbeddedPostgres;
import cn.qingfeng.local.embedded.EmbeddedRedis;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.SandboxOptions;

import org.springframework.util.FileSystemUtils;

/**
 * Everything that runs during a bench: database, Redis, WeChat, the server, the bare
 * server, the callers. It stops all of it, on Ctrl-C too.
 */
final class Stage implements AutoCloseable {

	private static final int CALLERS = 32;

	/** Fewer than the sheets that the server keeps. */
	private static final int FETCHED_BEFORE = 1_500;

	private final Path folder;

	private final Deque<AutoCloseable> running = new ArrayDeque<>();

	private final Server server;

	private final PaperData data;

	private final Statements statements;

	private final Pgbench pgbench;

	private final ClosedLoop callers;

	private final int barePort;

	private Stage(Path folder, boolean profile) {
		this.folder = folder;
		Runtime.getRuntime().addShutdownHook(new Thread(this::close));
		EmbeddedPostgres postgres = countingPostgres();
		EmbeddedRedis redis = runs(EmbeddedRedis.start(folder.resolve("redis"), 0));
		Sandbox wechat = runs(Sandbox.start(SandboxOptions.usual()));
		List<String> flags = profile ? List.of("-XX:FlightRecorderOptions=stackdepth=256",
				"-XX:StartFlightRecording:settings=profile,dumponexit=true,filename=" + folder.resolve("server-%p.jfr"))
				: List.of();
		this.server = runs(new Server(Settings.of(postgres, redis, wechat, folder.resolve("data")), flags,
				folder.resolve("server.log")));
		this.server.awaitReady();
		Database database = runs(new Database(postgres));
		this.statements = new Statements(database);
		this.data = new PaperData(database, new StaffApi(this.server.url()), wechat.apps().mini().appid());
		this.pgbench = new Pgbench(postgres, folder);
		this.callers = runs(new ClosedLoop());
		this.barePort = startBare();
	}

	/** Starts everything, with an empty database. */
	static Stage open(Path folder, boolean profile) {
		try {
			FileSystemUtils.deleteRecursively(folder);
			return new Stage(Files.createDirectories(folder), profile);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private EmbeddedPostgres countingPostgres() {
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start(this.folder.resolve("postgres"), 0)) {
			Statements.prepare(postgres);
		}
		return runs(EmbeddedPostgres.start(this.folder.resolve("postgres"), 0));
	}

	private int startBare() {
		Path bytes = this.folder.resolve("paper.json");
		Papers papers = this.data.open(1);
		try {
			Files.write(bytes, this.server.fetch(papers.paperPath(0), papers.token(0)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		int port = Ports.free();
		ChildJvm bare = runs(ChildJvm.start(BareServer.class, List.of("-Dlogback.configurationFile=bench/logback.xml"),
				List.of(Integer.toString(port), bytes.toString()), this.folder.resolve("bare.log")));
		while (!Ports.isOpen(port)) {
			bare.requireAlive();
			Pause.of(Duration.ofMillis(50));
		}
		return port;
	}

	private synchronized <T extends AutoCloseable> T runs(T started) {
		this.running.push(started);
		return started;
	}

	/** Lets the compilers do their work, by so much load. */
	void warmUp(Duration time) {
		Duration turn = time.dividedBy(8);
		Duration loaded = Duration.ZERO;
		while (loaded.compareTo(time) < 0) {
			Papers papers = this.data.open(1);
			loaded = loaded.plus(read(papers, turn).elapsed()).plus(submit(papers, CALLERS, false).load().elapsed());
			readBare(turn.dividedBy(2));
		}
	}

	/** Fetches papers by turns, so many callers as usual. */
	Measured read(Papers papers, Duration time) {
		List<byte[]> requests = IntStream.range(0, papers.size())
			.mapToObj((index) -> ClosedLoop.get(papers.paperPath(index), papers.token(index)))
			.toList();
		return this.callers.during(this.server.port(), CALLERS, time, (call) -> requests.get(call % requests.size()))
			.withoutErrors("papers");
	}

	/** Fetches the same bytes from the bare server. */
	Measured readBare(Duration time) {
		byte[] request = ClosedLoop.get("/api/v1/attempts/00000000-0000-0000-0000-000000000000", "0".repeat(43));
		return this.callers.during(this.barePort, CALLERS, time, (call) -> request).withoutErrors("bare server");
	}

	/** Hands all the papers in, whether their members have just fetched them or not. */
	Cpu submit(Papers papers, int connections, boolean fetched) {
		List<Cpu> parts = new ArrayList<>();
		int step = fetched ? FETCHED_BEFORE : papers.size();
		for (int from = 0; from < papers.size(); from += step) {
			int first = from;
			int count = Math.min(step, papers.size() - from);
			if (fetched) {
				fetch(papers, first, count);
			}
			parts.add(Cpu.of(this.server, () -> submit(papers, first, count, connections)));
		}
		Cpu all = Cpu.sum(parts);
		this.data.requireClosed(papers, all.load().done());
		return all;
	}

	private void fetch(Papers papers, int first, int count) {
		this.callers
			.count(this.server.port(), CALLERS, count,
					(call) -> ClosedLoop.get(papers.paperPath(first + call), papers.token(first + call)))
			.withoutErrors("papers");
	}

	private Measured submit(Papers papers, int first, int count, int connections) {
		List<byte[]> requests = IntStream.range(first, first + count)
			.mapToObj((index) -> ClosedLoop.post(papers.submissionPath(index), papers.token(index)))
			.toList();
		return this.callers.count(this.server.port(), connections, count, requests::get).withoutErrors("submissions");
	}

	/** Hands all the papers in without the product. */
	Measured submitByPgbench(Papers papers, int clients) {
		Measured measured = this.pgbench.submit(papers, clients);
		this.data.requireClosed(papers, measured.done());
		return measured;
	}

	Server server() {
		return this.server;
	}

	PaperData data() {
		return this.data;
	}

	Statements statements() {
		return this.statements;
	}

	/** The last started first. What it wrote but the logs is deleted. */
	@Override
	public synchronized void close() {
		while (!this.running.isEmpty()) {
			AutoCloseable started = this.running.pop();
			try {
				started.close();
			}
			catch (Exception ex) {
				System.err.println(started + " does not stop: " + ex);
			}
		}
		try {
			FileSystemUtils.deleteRecursively(this.folder.resolve("postgres"));
		}
		catch (IOException ex) {
			System.err.println("Data of the bench stays in " + this.folder + ": " + ex);
		}
	}

}
