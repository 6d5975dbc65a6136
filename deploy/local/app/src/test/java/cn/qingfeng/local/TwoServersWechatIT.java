package cn.qingfeng.local;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import cn.qingfeng.local.sandbox.callback.CallbackCodec;
import cn.qingfeng.local.sandbox.control.PersonView;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What two servers do with one WeChat: a token for both, and each callback's work once,
 * whichever of them dies when.
 */
class TwoServersWechatIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration A_WHILE = Duration.ofSeconds(3);

	private static final int BURST = 40;

	private static final String STABLE_TOKEN = "/cgi-bin/stable_token";

	private static final String TICKET = "/cgi-bin/ticket/getticket";

	private final TwoServers servers = TwoServers.running();

	@Test
	void anExpiredTokenIsAskedForOnceForBoth() {
		await().atMost(PATIENCE).until(() -> Set.of(200).containsAll(signatures(2)));
		this.servers.fault(STABLE_TOKEN, "latency", 400);
		long tokens = tokenRequests();
		long tickets = this.servers.wechatCalls(TICKET, this.servers.service().appid());
		this.servers.turn(Duration.ofHours(3));
		assertThat(signatures(200)).hasSize(200).containsOnly(200);
		await().during(A_WHILE).atMost(PATIENCE).until(() -> tokenRequests() - tokens, (asked) -> asked == 1);
		assertThat(this.servers.wechatCalls(TICKET, this.servers.service().appid()) - tickets).isEqualTo(1);
	}

	private List<HttpResponse<String>> answers() {
		return this.servers.balancer().passed().stream().flatMap((passed) -> passed.answers().stream()).toList();
	}

	@Test
	void theSameCallbackToBothAtOnceHasOneEffectAndOneAnswer() {
		this.servers.wechat().fault(JsonMapper.shared().valueToTree(Map.of("kind", "duplicate", "value", 2)));
		List<String> openids = Stream.generate(this::follows).limit(10).toList();
		awaitCallbacks();
		List<HttpResponse<String>> answers = await().atMost(PATIENCE).until(this::answers, (all) -> all.size() >= 60);
		assertThat(answers).hasSize(60).allMatch((answer) -> answer.statusCode() == 200);
		assertThat(answers.stream().map(this::replyTo).distinct()).hasSize(openids.size())
			.allMatch((reply) -> reply.contains("欢迎关注"));
		assertThat(openids).allSatisfy(this::tookEffectOnce);
	}

	@Test
	void whatAServerHadAnsweredWhenItWasKilledIsDoneByTheOtherOnce() {
		this.servers.balancer().to(this.servers.one());
		this.servers.two().freeze();
		PersonView person = stranger();
		try (Witness.Gate gate = this.servers.witness().gate("wechat_account", openid(person))) {
			follows(person);
			awaitCallbacks();
			gate.awaitSomebody();
			this.servers.one().kill();
		}
		finally {
			this.servers.two().thaw();
		}
		assertThat(answersOfAllAttempts()).containsExactly(200);
		tookEffectOnce(openid(person));
	}

	@Test
	void aServerKilledBeforeItsAnswerLosesNothingForWechatTriesTheOther() {
		this.servers.balancer().to(this.servers.one());
		PersonView person = stranger();
		try (Witness.Gate gate = this.servers.witness().gate("outbox_event", openid(person))) {
			follows(person);
			gate.awaitSomebody();
			assertThat(this.servers.witness().committed("outbox_event", openid(person))).isZero();
			this.servers.balancer().to(this.servers.two());
			this.servers.one().kill();
		}
		awaitCallbacks();
		assertThat(answersOfAllAttempts()).containsExactly(200);
		assertThat(this.servers.balancer().passed()).hasSize(2);
		tookEffectOnce(openid(person));
	}

	/** On the very address of callbacks, whose senders hang up after five seconds. */
	@Test
	void slowAndOversizedCallersDoNotKeepCallbacksFromBeingAnswered() {
		this.servers.balancer().to(this.servers.one());
		burst();
		try (SlowCallers slow = SlowCallers.connect(this.servers.one().port(), "/wechat/mp/callback?timestamp=1",
				500)) {
			assertThat(slow.open()).isNotEmpty();
			this.servers.balancer().forget();
			burst();
			assertThat(this.servers.balancer().passed()).hasSize(BURST);
			assertThat(answersOfAllAttempts()).hasSize(BURST).containsOnly(200);
			await().atMost(PATIENCE).untilAsserted(() -> assertThat(slow.open()).isEmpty());
		}
	}

	/** Ends with the work that follows, and so leaves the servers warm and idle. */
	private void burst() {
		for (int i = 0; i < BURST; i++) {
			follows();
		}
		awaitCallbacks();
		await().atMost(PATIENCE)
			.until(() -> this.servers.witness()
				.number("SELECT count(*) FROM outbox_delivery WHERE state = 'PENDING'") == 0);
	}

	private List<Integer> signatures(int callers) {
		String page = URLEncoder.encode(this.servers.balancer().url() + "/m/", StandardCharsets.UTF_8);
		ApiCall call = ApiCall.get("/api/v1/jssdk/signature?url=" + page, null);
		List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, callers)
			.mapToObj((caller) -> this.servers.byTurns(caller).send(call))
			.toList();
		return answers.stream().map((answer) -> answer.join().statusCode()).toList();
	}

	private PersonView stranger() {
		return this.servers.wechat()
			.people()
			.add("王清", "139%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000)));
	}

	private String follows() {
		PersonView person = stranger();
		follows(person);
		return openid(person);
	}

	private void follows(PersonView person) {
		this.servers.wechat().people().act(person.id(), "follow", Map.of());
	}

	private String openid(PersonView person) {
		return person.openids().getOrDefault(this.servers.service().appid(), "");
	}

	private void awaitCallbacks() {
		await().atMost(PATIENCE).until(() -> this.servers.wechat().pendingCallbacks() == 0);
	}

	private List<Integer> answersOfAllAttempts() {
		return this.servers.balancer()
			.passed()
			.stream()
			.flatMap((passed) -> passed.answers().stream())
			.map(HttpResponse::statusCode)
			.toList();
	}

	/** In clear, without the time at which it was written. */
	private String replyTo(HttpResponse<String> answer) {
		String encrypted = answer.body().replaceFirst("(?s).*<Encrypt><!\\[CDATA\\[([^]]*).*", "$1");
		return new CallbackCodec(this.servers.service().aesKey(), this.servers.service().appid()).decrypt(encrypted)
			.replaceFirst("<CreateTime>\\d+</CreateTime>", "");
	}

	private void tookEffectOnce(String openid) {
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(undone(openid)).isZero());
		assertThat(this.servers.witness().committed("outbox_event", openid)).isEqualTo(1);
		assertThat(this.servers.witness().committed("wechat_account", openid)).isEqualTo(1);
	}

	private long undone(String openid) {
		return this.servers.witness().number("""
				SELECT count(*) FROM outbox_event e JOIN outbox_delivery d ON d.event_id = e.id
				WHERE e.payload ->> 'openid' = ? AND (d.state <> 'DONE' OR d.attempts <> 1)
				""", openid);
	}

	private long tokenRequests() {
		return this.servers.wechatCalls(STABLE_TOKEN, this.servers.service().appid());
	}

}
