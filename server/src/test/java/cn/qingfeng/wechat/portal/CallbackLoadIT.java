package cn.qingfeng.wechat.portal;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Posts encrypted callbacks at a fixed rate, whether they are answered or not, and prints
 * what became of them; it asserts nothing, for it measures the machine as well. Left out
 * unless asked for: {@code mvn -pl server -am -Dtest=CallbackLoadIT -Dbench.rate=2000
 * -Dshort.jit=-XX:+TieredCompilation -Dsurefire.failIfNoSpecifiedTests=false test}. Load,
 * server and database share the machine. Times count from when a callback was due, so
 * that waiting for a slow server counts too.
 */
@EnabledIfSystemProperty(named = "bench.rate", matches = "\\d+")
@QingfengIT
class CallbackLoadIT {

	private static final int RATE = Integer.getInteger("bench.rate", 2_000);

	private static final int SECONDS = Integer.getInteger("bench.seconds", 10);

	/** Callbacks before the measured ones, as fast as they are answered. */
	private static final int WARM_UP = Integer.getInteger("bench.warmup", 120_000);

	private static final int AT_ONCE = 10_000;

	/** As many lines as WeChat's servers keep open. */
	private static final int LINES = 256;

	@Autowired
	private WebTestClient client;

	@Autowired
	private WechatProperties properties;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private Clock clock;

	@LocalServerPort
	private int port;

	@Test
	void callbacksComeAtAFixedRate() throws Exception {
		Postman post = new Postman(this.client, this.properties, this.clock);
		try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			for (int sent = 0; sent < WARM_UP; sent += AT_ONCE) {
				fire(http, requests(post, "warm-" + UUID.randomUUID(), AT_ONCE), Integer.MAX_VALUE);
			}
			String run = "run-" + UUID.randomUUID();
			List<HttpRequest> requests = requests(post, run, RATE * SECONDS);
			long before = rows();
			Result result = fire(http, requests, RATE);
			long stored = rows() - before;
			String line = """
					rate %d/s for %d s: sent %d, answered 200 %d, stored %d, lost %d, p50 %d ms, p99 %d ms, max %d ms
					""".formatted(RATE, SECONDS, requests.size(), result.right(), stored, requests.size() - stored,
					result.percentile(0.5), result.percentile(0.99), result.percentile(1));
			Files.writeString(Path.of("target", "callback-bench.txt"), line);
			System.out.print(line);
		}
	}

	/** A third each: words that are answered, menu keys, receipts with work to follow. */
	private List<HttpRequest> requests(Postman post, String run, int count) {
		List<HttpRequest> requests = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			Postman.Envelope envelope = post.envelope(WechatAccount.MP, switch (i % 3) {
				case 0 -> Postman.written("%s-%d".formatted(run, i), "绑定");
				case 1 -> event(run, i, "CLICK", "<EventKey>QUIZ_GUIDE</EventKey>");
				default -> event(run, i, "TEMPLATESENDJOBFINISH", "<MsgID>%d</MsgID><Status>success</Status>"
					.formatted(UUID.randomUUID().getMostSignificantBits() & Long.MAX_VALUE));
			});
			requests.add(HttpRequest
				.newBuilder(
						URI.create("http://127.0.0.1:%d%s?%s".formatted(this.port, envelope.path(), envelope.query())))
				.header("Content-Type", "text/xml")
				.timeout(Duration.ofSeconds(5))
				.POST(HttpRequest.BodyPublishers.ofString(envelope.body()))
				.build());
		}
		return requests;
	}

	private static Result fire(HttpClient http, List<HttpRequest> requests, int rate) throws InterruptedException {
		Semaphore lines = new Semaphore(LINES);
		long[] nanos = new long[requests.size()];
		LongAdder right = new LongAdder();
		List<CompletableFuture<?>> answers = new ArrayList<>(requests.size());
		long start = System.nanoTime();
		for (int i = 0; i < requests.size(); i++) {
			long due = start + TimeUnit.SECONDS.toNanos(1) * i / rate;
			while (System.nanoTime() < due) {
				LockSupport.parkNanos(due - System.nanoTime());
			}
			lines.acquire();
			int number = i;
			answers
				.add(http.sendAsync(requests.get(i), HttpResponse.BodyHandlers.discarding()).handle((answer, error) -> {
					nanos[number] = System.nanoTime() - due;
					lines.release();
					if (answer != null && answer.statusCode() == 200) {
						right.increment();
					}
					return number;
				}));
		}
		CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
		Arrays.sort(nanos);
		return new Result(nanos, right.sum());
	}

	private long rows() {
		return this.database.sql("SELECT count(*) FROM wechat_inbox WHERE kind <> :none")
			.bind("none", "")
			.mapValue(Long.class)
			.one()
			.blockOptional(Duration.ofMinutes(1))
			.orElseThrow();
	}

	private static String event(String run, int number, String name, String more) {
		return """
				<xml><ToUserName>gh</ToUserName><FromUserName>%s-%d</FromUserName><CreateTime>1481013459</CreateTime>
				<MsgType>event</MsgType><Event>%s</Event>%s</xml>""".formatted(run, number, name, more);
	}

	private record Result(long[] nanos, long right) {

		long percentile(double share) {
			int index = (int) Math.min(this.nanos.length - 1L, Math.round(share * this.nanos.length));
			return TimeUnit.NANOSECONDS.toMillis(this.nanos[index]);
		}

	}

}
