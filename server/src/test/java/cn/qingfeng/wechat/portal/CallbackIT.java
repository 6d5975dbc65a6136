package cn.qingfeng.wechat.portal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.wechat.RecordedEvents;
import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatEvent;
import cn.qingfeng.wechat.WechatProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QingfengIT
@Import(RecordedEvents.class)
class CallbackIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final String NONCE = "415670741";

	@Autowired
	private WebTestClient client;

	@Autowired
	private WechatProperties properties;

	@Autowired
	private RecordedEvents.Record events;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private Sandbox sandbox;

	@Autowired
	private Clock clock;

	@Test
	void aFollowInWechatBecomesOneEvent() {
		PersonView person = this.sandbox.people().add("李清", "13700000001");
		this.sandbox.people().act(person.id(), "follow", Map.of());
		String openid = person.openids().get(this.properties.mp().appId());
		assertThat(this.events.awaited(WechatEvent.Followed.class, (event) -> event.openid().equals(openid)).account())
			.isEqualTo(WechatAccount.MP);
	}

	@ParameterizedTest
	@EnumSource(WechatAccount.class)
	void theHandshakeEchoesWhatWechatSent(WechatAccount account) {
		String timestamp = now();
		this.client.get()
			.uri("/wechat/{account}/callback?signature={s}&timestamp={t}&nonce={n}&echostr=4375120948345356249",
					account.path(), cipher(account).signature(timestamp, NONCE), timestamp, NONCE)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_PLAIN)
			.expectBody(String.class)
			.isEqualTo("4375120948345356249");
	}

	@Test
	void theMiniProgramSpeaksJson() {
		String openid = "o" + UUID.randomUUID();
		String message = """
				{"ToUserName":"gh_1","FromUserName":"%s","CreateTime":"1610969440","MsgType":"event",
				 "Event":"subscribe_msg_popup_event","List":{"TemplateId":"T1","SubscribeStatusString":"accept"}}"""
			.formatted(openid);
		assertThat(text(sent(WechatAccount.MINI_PROGRAM, message))).isEqualTo("success");
		assertThat(this.events.awaited(WechatEvent.SubscriptionAnswered.class, (event) -> event.openid().equals(openid))
			.answers()).hasSize(1);
	}

	@Test
	void aRepeatedCallbackIsAnsweredAndDoesNothing() {
		String openid = "o" + UUID.randomUUID();
		String message = follow(openid);
		List<EntityExchangeResult<byte[]>> answers = Flux.range(0, 3)
			.flatMap((i) -> Mono.fromCallable(() -> sent(WechatAccount.MP, message))
				.subscribeOn(Schedulers.boundedElastic()), 3)
			.collectList()
			.block(TIMEOUT);
		assertThat(answers).hasSize(3).allSatisfy((answer) -> assertThat(text(answer)).isEqualTo("success"));
		assertThat(text(sent(WechatAccount.MP, message))).isEqualTo("success");
		this.events.awaited(WechatEvent.Followed.class, (event) -> event.openid().equals(openid));
		String marker = "o" + UUID.randomUUID();
		sent(WechatAccount.MP, follow(marker));
		this.events.awaited(WechatEvent.Followed.class, (event) -> event.openid().equals(marker));
		assertThat(this.events.all(WechatEvent.Followed.class, (event) -> event.openid().equals(openid))).hasSize(1);
	}

	@Test
	void whateverIsWrongTheAnswerIsTheSameAndNothingIsStored() {
		long rows = rows();
		Letter right = letter(WechatAccount.MP, follow("o" + UUID.randomUUID()));
		List<Letter> wrong = List.of(
				right.with((query) -> query.replaceFirst("msg_signature=....", "msg_signature=0000")),
				right.with((query) -> query.replaceFirst("msg_signature=[0-9a-f]+&", "")),
				right.with((query) -> query.replace("encrypt_type=aes", "encrypt_type=raw")),
				right.with((query) -> query.replaceFirst("nonce=" + NONCE, "nonce=1")), right.with((query) -> ""),
				right.withBody("<xml><Encrypt>x</Encrypt></xml>"), right.withBody(follow("o1")), right.withBody(""),
				right.withBody("<!DOCTYPE xml [<!ENTITY a 'b'>]><xml><Encrypt>&a;</Encrypt></xml>"),
				right.withBody("<xml>" + "x".repeat(70_000) + "</xml>"), right.withBody("<a>".repeat(10_000)),
				letter(WechatAccount.MP, follow("o1"), this.clock.instant().minus(Duration.ofMinutes(11))),
				letter(WechatAccount.MP, follow("o1"), this.clock.instant().plus(Duration.ofMinutes(11))),
				foreign(WechatAccount.MP, follow("o1")),
				new Letter("/wechat/other/callback", right.query(), right.body()),
				new Letter("/wechat/miniapp/callback", right.query(), right.body()),
				right.with((query) -> query.replaceFirst("timestamp=\\d+", "timestamp=x")),
				right.with((query) -> query.replaceFirst("timestamp=\\d+", "timestamp=99999999999999999")));
		assertThat(wrong).allSatisfy((letter) -> {
			EntityExchangeResult<byte[]> answer = post(letter);
			assertThat(answer.getStatus().value()).isEqualTo(403);
			assertThat(text(answer)).isEqualTo("refused");
		});
		assertThat(rows()).isEqualTo(rows);
	}

	@Test
	void aClearMessageUnderAValidAddressIsRefusedInSafeMode() {
		String timestamp = now();
		String query = "signature=%s&timestamp=%s&nonce=%s"
			.formatted(cipher(WechatAccount.MP).signature(timestamp, NONCE), timestamp, NONCE);
		assertThat(post(new Letter("/wechat/mp/callback", query, follow("o1"))).getStatus().value()).isEqualTo(403);
	}

	@Test
	void whatMakesNoSenseIsKeptForAPerson() {
		String message = "<xml><FromUserName>o1</FromUserName><CreateTime>x%s</CreateTime></xml>"
			.formatted(UUID.randomUUID());
		assertThat(text(sent(WechatAccount.MP, message))).isEqualTo("success");
		assertThat(text(sent(WechatAccount.MP, message))).isEqualTo("success");
		assertThat(this.database.sql("SELECT count(*) FROM wechat_inbox WHERE quarantined = :text")
			.bind("text", message)
			.mapValue(Long.class)
			.one()
			.block(TIMEOUT)).isEqualTo(1);
	}

	@Test
	void theSandboxFindsEveryCallbackAnswered() {
		PersonView person = this.sandbox.people().add("赵清", "13700000002");
		this.sandbox.people().act(person.id(), "follow", Map.of());
		this.sandbox.people().act(person.id(), "sendText", Map.of("text", "你好"));
		this.sandbox.people().act(person.id(), "unfollow", Map.of());
		await().atMost(TIMEOUT).until(() -> this.sandbox.pendingCallbacks() == 0);
		assertThat(rows()).isPositive();
	}

	private long rows() {
		return this.database.sql("SELECT count(*) FROM wechat_inbox WHERE kind <> :none")
			.bind("none", "")
			.mapValue(Long.class)
			.one()
			.blockOptional(TIMEOUT)
			.orElseThrow();
	}

	private EntityExchangeResult<byte[]> sent(WechatAccount account, String message) {
		return post(letter(account, message));
	}

	private EntityExchangeResult<byte[]> post(Letter letter) {
		return this.client.post()
			.uri(letter.path() + "?" + letter.query())
			.contentType(MediaType.TEXT_XML)
			.bodyValue(letter.body())
			.exchange()
			.expectBody()
			.returnResult();
	}

	private Letter letter(WechatAccount account, String message) {
		return letter(account, message, this.clock.instant());
	}

	private Letter letter(WechatAccount account, String message, Instant at) {
		WechatProperties.Account settings = this.properties.of(account);
		return letter(account, new Forge(settings.aesKey(), settings.appId()).encrypt(message), at.getEpochSecond());
	}

	private Letter foreign(WechatAccount account, String message) {
		WechatProperties.Account settings = this.properties.of(account);
		return letter(account, new Forge(settings.aesKey(), "wx0000000000000000").encrypt(message),
				this.clock.instant().getEpochSecond());
	}

	private Letter letter(WechatAccount account, String encrypted, long second) {
		String timestamp = Long.toString(second);
		CallbackCipher cipher = cipher(account);
		String query = "signature=%s&timestamp=%s&nonce=%s&openid=o1&encrypt_type=aes&msg_signature=%s&x=1".formatted(
				cipher.signature(timestamp, NONCE), timestamp, NONCE, cipher.signature(timestamp, NONCE, encrypted));
		String body = switch (this.properties.of(account).format()) {
			case XML -> "<xml><ToUserName>gh</ToUserName><Encrypt><![CDATA[%s]]></Encrypt></xml>".formatted(encrypted);
			case JSON -> "{\"ToUserName\":\"gh\",\"Encrypt\":\"%s\"}".formatted(encrypted);
		};
		return new Letter("/wechat/%s/callback".formatted(account.path()), query, body);
	}

	private CallbackCipher cipher(WechatAccount account) {
		WechatProperties.Account settings = this.properties.of(account);
		return new CallbackCipher(settings.token(), settings.aesKey(), settings.appId());
	}

	private String now() {
		return Long.toString(this.clock.instant().getEpochSecond());
	}

	private static String follow(String openid) {
		return """
				<xml><ToUserName>gh</ToUserName><FromUserName>%s</FromUserName><CreateTime>1481013459</CreateTime>
				<MsgType>event</MsgType><Event>subscribe</Event><EventKey></EventKey></xml>""".formatted(openid);
	}

	private static String text(EntityExchangeResult<byte[]> answer) {
		byte[] body = answer.getResponseBody();
		return (body != null) ? new String(body, StandardCharsets.UTF_8) : "";
	}

	private record Letter(String path, String query, String body) {

		Letter with(UnaryOperator<String> change) {
			return new Letter(this.path, change.apply(this.query), this.body);
		}

		Letter withBody(String other) {
			return new Letter(this.path, this.query, other);
		}

	}

}
