package cn.qingfeng.wechat.portal;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.wechat.RecordedEvents;
import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatEvent;
import cn.qingfeng.wechat.WechatProperties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

	private static final String NONCE = Postman.NONCE;

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

	private Postman post;

	@BeforeEach
	void postman() {
		this.post = new Postman(this.client, this.properties, this.clock);
	}

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
		String timestamp = this.post.now();
		this.client.get()
			.uri("/wechat/{account}/callback?signature={s}&timestamp={t}&nonce={n}&echostr=4375120948345356249",
					account.path(), this.post.cipher(account).signature(timestamp, NONCE), timestamp, NONCE)
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
		assertThat(Postman.text(this.post.sent(WechatAccount.MINI_PROGRAM, message))).isEqualTo("success");
		assertThat(this.events.awaited(WechatEvent.SubscriptionAnswered.class, (event) -> event.openid().equals(openid))
			.answers()).hasSize(1);
	}

	@Test
	void whateverIsWrongTheAnswerIsTheSameAndNothingIsStored() {
		long rows = rows();
		Postman.Envelope right = this.post.envelope(WechatAccount.MP, Postman.follow("o" + UUID.randomUUID()));
		List<Postman.Envelope> wrong = List.of(
				right.with((query) -> query.replaceFirst("msg_signature=....", "msg_signature=0000")),
				right.with((query) -> query.replaceFirst("msg_signature=[0-9a-f]+&", "")),
				right.with((query) -> query.replace("encrypt_type=aes", "encrypt_type=raw")),
				right.with((query) -> query.replaceFirst("nonce=" + NONCE, "nonce=1")), right.with((query) -> ""),
				right.withBody("<xml><Encrypt>x</Encrypt></xml>"), right.withBody(Postman.follow("o1")),
				right.withBody(""), right.withBody("<!DOCTYPE xml [<!ENTITY a 'b'>]><xml><Encrypt>&a;</Encrypt></xml>"),
				right.withBody("<xml>" + "x".repeat(70_000) + "</xml>"), right.withBody("<a>".repeat(10_000)),
				this.post.envelope(WechatAccount.MP, Postman.follow("o1"),
						this.clock.instant().minus(Duration.ofMinutes(11))),
				this.post.envelope(WechatAccount.MP, Postman.follow("o1"),
						this.clock.instant().plus(Duration.ofMinutes(11))),
				this.post.foreign(WechatAccount.MP, Postman.follow("o1")),
				new Postman.Envelope("/wechat/other/callback", right.query(), right.body()),
				new Postman.Envelope("/wechat/miniapp/callback", right.query(), right.body()),
				right.with((query) -> query.replaceFirst("timestamp=\\d+", "timestamp=x")),
				right.with((query) -> query.replaceFirst("timestamp=\\d+", "timestamp=99999999999999999")));
		assertThat(wrong).allSatisfy((letter) -> {
			EntityExchangeResult<byte[]> answer = this.post.post(letter);
			assertThat(answer.getStatus().value()).isEqualTo(403);
			assertThat(Postman.text(answer)).isEqualTo("refused");
		});
		assertThat(rows()).isEqualTo(rows);
	}

	@Test
	void aClearMessageUnderAValidAddressIsRefusedInSafeMode() {
		String timestamp = this.post.now();
		String query = "signature=%s&timestamp=%s&nonce=%s"
			.formatted(this.post.cipher(WechatAccount.MP).signature(timestamp, NONCE), timestamp, NONCE);
		assertThat(this.post.post(new Postman.Envelope("/wechat/mp/callback", query, Postman.follow("o1")))
			.getStatus()
			.value()).isEqualTo(403);
	}

	@Test
	void whatMakesNoSenseIsKeptForAPerson() {
		String message = "<xml><FromUserName>o1</FromUserName><CreateTime>x%s</CreateTime></xml>"
			.formatted(UUID.randomUUID());
		assertThat(Postman.text(this.post.sent(WechatAccount.MP, message))).isEqualTo("success");
		assertThat(Postman.text(this.post.sent(WechatAccount.MP, message))).isEqualTo("success");
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

}
