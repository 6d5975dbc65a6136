package cn.qingfeng.wechat.portal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestServers;
import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.outbox.Outbox;
import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.wechat.RecordedEvents;
import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatEvent;
import cn.qingfeng.wechat.WechatProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What WeChat does on a bad day, and what others would do every day.
 */
@QingfengIT
@Import(RecordedEvents.class)
class CallbackFaultsIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Autowired
	private WebTestClient client;

	@Autowired
	private WechatProperties properties;

	@Autowired
	private RecordedEvents.Record events;

	@Autowired
	private DatabaseClient database;

	@Value("${spring.flyway.url}")
	private String jdbcUrl;

	@Autowired
	private TestClock clock;

	@Autowired
	private CallbackReceiving one;

	@Autowired
	private Replying replying;

	@Autowired
	private IdGenerator ids;

	@Autowired
	private Outbox outbox;

	@Autowired
	private Transactions transactions;

	@Autowired
	private BackgroundLoops loops;

	@LocalServerPort
	private int port;

	private Postman post;

	@BeforeEach
	void postman() {
		this.post = new Postman(this.client, this.properties, this.clock);
	}

	@AfterEach
	void theClockRunsAgain() {
		this.clock.reset();
	}

	@Test
	void theSameMessageThreeTimesAtOnceToTwoNodesHasOneEffectAndOneAnswer() {
		CallbackReceiving two = anotherNode();
		for (int round = 0; round < 20; round++) {
			String openid = Postman.openid();
			String message = Postman.follow(openid);
			List<String> answers = Flux.just(this.one, two, this.one, two, this.one, two)
				.flatMap((node) -> receivedBy(node, message), 6)
				.collectList()
				.block(TIMEOUT);
			assertThat(answers).hasSize(6);
			assertThat(new HashSet<>(answers)).hasSize(1).first().asString().contains("欢迎关注");
			assertThat(effects(openid)).isEqualTo(1);
		}
	}

	@Test
	void attemptsFiveSecondsApartHaveOneEffectAndOneAnswer() {
		String openid = Postman.openid();
		Set<String> answers = new HashSet<>();
		for (int attempt = 0; attempt < 3; attempt++) {
			answers.add(this.post.reply(this.post.sent(WechatAccount.MP, Postman.follow(openid))).text("Content"));
			this.clock.advance(Duration.ofSeconds(5));
		}
		assertThat(answers).hasSize(1);
		assertThat(effects(openid)).isEqualTo(1);
	}

	/** The connection dies as it does when the node is killed. */
	@Test
	void aNodeThatDiesBetweenTheMarkAndTheEffectLeavesNeither() {
		String openid = Postman.openid();
		String message = Postman.follow(openid);
		hold(openid);
		try {
			CompletableFuture<EntityExchangeResult<byte[]>> first = Mono
				.fromCallable(() -> this.post.sent(WechatAccount.MP, message))
				.subscribeOn(Schedulers.boundedElastic())
				.toFuture();
			await().atMost(TIMEOUT).until(this::killHeld, (killed) -> killed > 0);
			assertThat(first.join().getStatus().is2xxSuccessful()).isFalse();
			assertThat(effects(openid)).isZero();
		}
		finally {
			release();
		}
		assertThat(this.post.reply(this.post.sent(WechatAccount.MP, message)).text("Content")).contains("欢迎关注");
		assertThat(effects(openid)).isEqualTo(1);
		this.events.awaited(WechatEvent.Followed.class, (event) -> event.openid().equals(openid));
	}

	@Test
	void aRecordedCallbackIsWorthNothing() {
		String openid = Postman.openid();
		Postman.Envelope recorded = this.post.envelope(WechatAccount.MP, Postman.follow(openid));
		assertThat(this.post.post(recorded).getStatus().value()).isEqualTo(200);
		assertThat(this.post.post(recorded).getStatus().value()).isEqualTo(200);
		assertThat(this.post.post(recorded.with((query) -> query.replaceFirst("nonce=\\d+", "nonce=7")))
			.getStatus()
			.value()).isEqualTo(403);
		assertThat(receivedBy(anotherNode(), Postman.follow(openid)).block(TIMEOUT)).contains("欢迎关注");
		this.clock.advance(Duration.ofMinutes(11));
		assertThat(this.post.post(recorded).getStatus().value()).isEqualTo(403);
		assertThat(effects(openid)).isEqualTo(1);
	}

	@Test
	void aDoctypeInsideOrOutsideFetchesNothing() throws IOException {
		try (ServerSocket canary = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			canary.setSoTimeout(300);
			String url = "http://127.0.0.1:" + canary.getLocalPort() + "/x";
			Postman.Envelope right = this.post.envelope(WechatAccount.MP, Postman.follow(Postman.openid()));
			for (String doctype : doctypes(url)) {
				assertThat(this.post.post(right.withBody(doctype)).getStatus().value()).isEqualTo(403);
				assertThat(this.post.sent(WechatAccount.MP, doctype).getStatus().value()).isEqualTo(200);
			}
			assertThat(knocks(canary)).isZero();
		}
	}

	/** Signed, so that the padding is reached at all. */
	@Test
	void fourThousandAlteredLastBlocksGetOneAnswer() {
		WechatProperties.Account settings = this.properties.mp();
		byte[] encrypted = Base64.getDecoder()
			.decode(new Forge(settings.aesKey(), settings.appId()).encrypt(Postman.follow(Postman.openid())));
		Random random = new Random(20261125);
		Set<String> answers = new HashSet<>();
		for (int i = 0; i < 4_000; i++) {
			byte[] altered = encrypted.clone();
			altered[altered.length - 32 + random.nextInt(32)] ^= (byte) (1 + random.nextInt(255));
			answers.add(answer(this.post.post(this.post.envelope(WechatAccount.MP,
					Base64.getEncoder().encodeToString(altered), this.clock.instant().getEpochSecond()))));
		}
		assertThat(answers).hasSize(1).first().asString().startsWith("403 refused");
	}

	@Test
	void tenThousandForgeriesOfEveryKindGetOneAnswerAndLeaveNothing() {
		long rows = rows();
		String openid = Postman.openid();
		Random random = new Random(20261126);
		Set<String> answers = new HashSet<>();
		for (int i = 0; i < 10_000; i++) {
			answers.add(answer(this.post.post(forged(i % 10, random, openid))));
		}
		assertThat(answers).hasSize(1).first().asString().startsWith("403 refused");
		assertThat(rows()).isEqualTo(rows);
		assertThat(effects(openid)).isZero();
	}

	private Postman.Envelope forged(int kind, Random random, String openid) {
		Postman.Envelope right = this.post.envelope(WechatAccount.MP, Postman.follow(openid));
		Postman.Envelope other = this.post.envelope(WechatAccount.MP, Postman.follow(openid + random.nextInt()));
		return switch (kind) {
			case 0 -> right.with((query) -> changed(query, "msg_signature=", 40, random));
			case 1 -> right.with((query) -> changed(query, "timestamp=", 10, random));
			case 2 -> right.with((query) -> changed(query, "nonce=", 9, random));
			case 3, 4 -> right.withBody(changed(right.body(), "[CDATA[", 300, random));
			case 5 -> right.withBody(other.body());
			case 6 -> this.post.foreign(WechatAccount.MP, Postman.follow(openid));
			case 7 -> right.withBody(Postman.follow(openid));
			case 8 -> right.withBody(Postman.follow(openid)
				.replace("</xml>", "<Encrypt>" + random.nextLong(Long.MAX_VALUE) + "</Encrypt></xml>"));
			default -> this.post.envelope(WechatAccount.MP, Postman.follow(openid),
					this.clock.instant().minusSeconds(601 + random.nextInt(1_000_000)));
		};
	}

	/** Another digit somewhere behind the mark. */
	private static String changed(String text, String mark, int length, Random random) {
		int at = text.indexOf(mark) + mark.length() + random.nextInt(length);
		char before = text.charAt(at);
		char after = (before == '9') ? '0' : '9';
		return text.substring(0, at) + after + text.substring(at + 1);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "Content-Length: 10485760\r\n", "Content-Length: 1048577\r\n", "Content-Length: 70000\r\n" })
	void anOversizedBodyIsRefusedAndTheLineClosed(String length) throws IOException {
		assertRefused(length, (socket) -> pump(socket, "x".repeat(8_192).getBytes(StandardCharsets.US_ASCII), 9));
	}

	@Test
	void chunksWithoutEndAreCutOff() throws IOException {
		byte[] chunk = ("1000\r\n" + "x".repeat(4_096) + "\r\n").getBytes(StandardCharsets.US_ASCII);
		assertRefused("Transfer-Encoding: chunked\r\n", (socket) -> pump(socket, chunk, 100_000));
	}

	@Test
	void aBodyLongerThanItSaysIsNotTakenForTheNext() throws IOException {
		assertRefused("Content-Length: 10\r\n", (socket) -> pump(socket, new byte[8_192], 20));
	}

	@Test
	void aBodyShorterThanItSaysIsNothing() throws IOException {
		long rows = rows();
		try (Socket socket = open("Content-Length: 1000\r\n")) {
			socket.getOutputStream().write("<xml>".getBytes(StandardCharsets.US_ASCII));
			socket.shutdownOutput();
			assertThat(untilClosed(socket)).doesNotContain(" 200 ");
		}
		assertThat(rows()).isEqualTo(rows);
	}

	@Test
	void aZippedBombIsNotOpened() throws IOException {
		ByteArrayOutputStream bomb = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
			for (int i = 0; i < 50; i++) {
				gzip.write(new byte[1024 * 1024]);
			}
		}
		byte[] bytes = bomb.toByteArray();
		assertRefused("Content-Encoding: gzip\r\nContent-Length: %d\r\n".formatted(bytes.length),
				(socket) -> pump(socket, bytes, 1));
	}

	private CallbackReceiving anotherNode() {
		MeterRegistry meters = new SimpleMeterRegistry();
		return new CallbackReceiving(this.properties, this.clock,
				new Inbox(this.database, this.ids, this.outbox, this.transactions, meters), this.replying, this.loops);
	}

	private Mono<String> receivedBy(CallbackReceiving node, String message) {
		WechatProperties.Account settings = this.properties.mp();
		String encrypted = new Forge(settings.aesKey(), settings.appId()).encrypt(message);
		CallbackCipher cipher = this.post.cipher(WechatAccount.MP);
		CallbackQuery query = new CallbackQuery("", cipher.signature(this.post.now(), Postman.NONCE, encrypted),
				this.post.now(), Postman.NONCE, "aes", "");
		byte[] body = "<xml><Encrypt>%s</Encrypt></xml>".formatted(encrypted).getBytes(StandardCharsets.UTF_8);
		return node.received(WechatAccount.MP, query, body)
			.map((reply) -> MessageFormat.XML.read(reply.getBytes(StandardCharsets.UTF_8)).text("Encrypt"))
			.map((reply) -> new String(cipher.decrypt(reply), StandardCharsets.UTF_8))
			.subscribeOn(Schedulers.boundedElastic());
	}

	private long effects(String openid) {
		return count("SELECT count(*) FROM outbox_event WHERE payload ->> 'openid' = :value", openid);
	}

	private long rows() {
		return count("SELECT count(*) FROM wechat_inbox WHERE kind <> :value", "");
	}

	private long count(String sql, String value) {
		return this.database.sql(sql)
			.bind("value", value)
			.mapValue(Long.class)
			.one()
			.blockOptional(TIMEOUT)
			.orElseThrow();
	}

	private void hold(String openid) {
		run("""
				CREATE FUNCTION held_event() RETURNS trigger LANGUAGE plpgsql AS $$
				BEGIN
					IF NEW.payload ->> 'openid' = '%s' THEN PERFORM pg_sleep(20); END IF;
					RETURN NEW;
				END $$
				""".formatted(openid));
		run("CREATE TRIGGER held_event BEFORE INSERT ON outbox_event FOR EACH ROW EXECUTE FUNCTION held_event()");
	}

	private void release() {
		run("DROP TRIGGER held_event ON outbox_event");
		run("DROP FUNCTION held_event()");
	}

	private long killHeld() {
		return count("""
				SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
				WHERE datname = current_database() AND wait_event = 'PgSleep' AND query <> :value
				""", "");
	}

	/** As the owner of the tables, for the server's own role may not. */
	private void run(String sql) {
		try (Connection owner = DriverManager.getConnection(this.jdbcUrl, "qingfeng",
				TestServers.postgres().password()); Statement statement = owner.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

	private static List<String> doctypes(String url) {
		return List.of("<!DOCTYPE xml [<!ENTITY a SYSTEM \"%s\">]><xml><Encrypt>&a;</Encrypt></xml>".formatted(url),
				"<!DOCTYPE xml SYSTEM \"%s\"><xml><Encrypt>a</Encrypt></xml>".formatted(url),
				"<!DOCTYPE xml [<!ENTITY %% p SYSTEM \"%s\">%%p;]><xml><Encrypt>a</Encrypt></xml>".formatted(url),
				"<!DOCTYPE xml PUBLIC \"-//a//b\" \"%s\"><xml><Encrypt>a</Encrypt></xml>".formatted(url),
				"<!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;\">]>"
						+ "<xml><Encrypt>&c;</Encrypt></xml>",
				"<xml xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"%s\"/></xml>".formatted(url));
	}

	private static int knocks(ServerSocket canary) throws IOException {
		try (Socket knock = canary.accept()) {
			return knock.isConnected() ? 1 : 0;
		}
		catch (SocketTimeoutException ex) {
			return 0;
		}
	}

	private static String answer(EntityExchangeResult<byte[]> result) {
		HttpHeaders headers = HttpHeaders.copyOf(result.getResponseHeaders());
		List.of("X-Trace-Id", "Date").forEach(headers::remove);
		return "%d %s %s".formatted(result.getStatus().value(), Postman.text(result), headers);
	}

	private void assertRefused(String headers, Sending sending) throws IOException {
		long rows = rows();
		try (Socket socket = open(headers)) {
			sending.to(socket);
			String answer = untilClosed(socket);
			if (!answer.isEmpty()) {
				assertThat(answer).containsPattern("HTTP/1.1 4(00|03|13) ");
			}
			assertThat(answer).doesNotContain(" 200 ", " 500 ", " 503 ");
		}
		assertThat(rows()).isEqualTo(rows);
	}

	private Socket open(String headers) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port);
		socket.setSoTimeout(25_000);
		socket.getOutputStream()
			.write("POST /wechat/mp/callback?%s HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\n%s\r\n"
				.formatted(this.post.envelope(WechatAccount.MP, Postman.follow("o1")).query(), headers)
				.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	/** Until the other side hangs up, which is what it should do. */
	private static void pump(Socket socket, byte[] piece, int times) {
		try {
			for (int i = 0; i < times; i++) {
				socket.getOutputStream().write(piece);
			}
			socket.getOutputStream().flush();
		}
		catch (IOException ex) {
			assertThat(ex).isInstanceOf(SocketException.class);
		}
	}

	private static String untilClosed(Socket socket) throws IOException {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		byte[] piece = new byte[4_096];
		try (InputStream in = socket.getInputStream()) {
			for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
				all.writeBytes(Arrays.copyOf(piece, read));
			}
		}
		catch (SocketTimeoutException ex) {
			throw ex;
		}
		catch (SocketException ex) {
			assertThat(ex).hasMessageContaining("reset");
		}
		return all.toString(StandardCharsets.US_ASCII);
	}

	private interface Sending {

		void to(Socket socket) throws IOException;

	}

}
