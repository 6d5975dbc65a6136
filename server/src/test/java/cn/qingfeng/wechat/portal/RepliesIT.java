package cn.qingfeng.wechat.portal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestSessions;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.member.DirectBinding;
import cn.qingfeng.member.Members;
import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatProperties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QingfengIT
class RepliesIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final String PATH = "/api/admin/v1/wechat/replies";

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestMembers members;

	@Autowired
	private Members roster;

	@Autowired
	private Sandbox sandbox;

	@Autowired
	private WechatProperties properties;

	@Autowired
	private ReplyBooks books;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private Clock clock;

	private Postman post;

	@BeforeEach
	void postman() {
		this.post = new Postman(this.client, this.properties, this.clock);
	}

	@Test
	void aStrangerWhoFollowsIsWelcomedAndToldHowToBind() {
		PersonView person = person();
		this.sandbox.people().act(person.id(), "follow", Map.of());
		awaitOnPhone(person, "欢迎关注");
		assertThat(phone(person)).contains("您还没有绑定单位名册");
	}

	@Test
	void aMemberWhoFollowsIsWelcomedOnly() {
		String openid = Postman.openid();
		this.roster
			.bindDirectly(List.of(new DirectBinding(this.members.add("孙廉").number(), this.properties.mp().appId(),
					openid, null, false)))
			.block(TIMEOUT);
		String reply = reply(Postman.follow(openid)).text("Content");
		assertThat(reply).contains("欢迎关注").doesNotContain("绑定");
	}

	@Test
	void aWordIsAnsweredOnThePhone() {
		PersonView person = person();
		this.sandbox.people().act(person.id(), "follow", Map.of());
		this.sandbox.people().act(person.id(), "sendText", Map.of("text", "怎么答题？"));
		awaitOnPhone(person, this.properties.publicBaseUrl() + "/m/#/pages/quiz/index");
	}

	@Test
	void aMenuKeyIsAnsweredAndAnotherIsNot() {
		assertThat(reply(event("CLICK", "QUIZ_GUIDE")).text("Content")).contains("每月一测");
		assertThat(text(event("CLICK", "NOTHING"))).isEqualTo("success");
	}

	@ParameterizedTest
	@ValueSource(strings = { "LOCATION", "unsubscribe", "VIEW", "TEMPLATESENDJOBFINISH", "MASSSENDJOBFINISH",
			"PUBLISHJOBFINISH", "subscribe_msg_sent_event", "kf_create_session", "SCAN", "some_future_event" })
	void whereWechatShowsNothingNothingIsSaid(String event) {
		assertThat(text(event(event, "绑定"))).isEqualTo("success");
	}

	@Test
	void anAttemptAfterAnEditGetsTheReplyOfTheFirst() {
		String message = Postman.written(Postman.openid(), "时长");
		String first = reply(message).text("Content");
		assertThat(first).contains("服务时长");
		restoring(() -> {
			change("""
					{"replies":[{"occasion":"KEYWORD","keys":["时长"],"text":"改过了"}],"miniProgramToStaff":false}""");
			assertThat(reply(Postman.written(Postman.openid(), "时长")).text("Content")).isEqualTo("改过了");
			assertThat(reply(message).text("Content")).isEqualTo(first);
		});
	}

	@Test
	void thoseWhoAskForAPersonAreHandedOver() {
		restoring(() -> {
			change("""
					{"replies":[{"occasion":"KEYWORD","keys":["人工"],"text":""}],"miniProgramToStaff":true}""");
			String message = Postman.written(Postman.openid(), "人工");
			assertThat(reply(message).text("MsgType")).isEqualTo("transfer_customer_service");
			assertThat(reply(message).text("MsgType")).isEqualTo("transfer_customer_service");
			assertThat(text(Postman.written(Postman.openid(), "别的"))).isEqualTo("success");
			assertThat(miniProgram()).contains("\"Encrypt\"");
		});
		assertThat(miniProgram()).isEqualTo("success");
	}

	@Test
	void whatEditorsChangeIsAuditedAndAStaleVersionIsNotTaken() {
		restoring(() -> {
			String stale = version();
			String body = "{\"replies\":[],\"miniProgramToStaff\":false}";
			change(body);
			put(stale, body).expectStatus().isEqualTo(412);
			put("\"x\"", body).expectStatus().isEqualTo(412);
			assertThat(audits("wechat-replies.change")).isPositive();
		});
	}

	@Test
	void whatWechatWouldNotShowIsRefused() {
		put(version(),
				"""
						{"replies":[{"occasion":"FOLLOW","keys":[],"text":"%s"}],"miniProgramToStaff":false}"""
					.formatted("字".repeat(700)))
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("replies[0].text");
	}

	@Test
	void startingRepliesComeOnceAndNeverOverAnEdit() {
		ReplyBooks.Edition before = this.books.read().blockOptional(TIMEOUT).orElseThrow();
		assertThat(before.book().rules()).isNotEmpty();
		this.books.seed(ReplyBook.EMPTY).block(TIMEOUT);
		assertThat(this.books.read().block(TIMEOUT)).isEqualTo(before);
	}

	@Test
	void theAccountsTroublesAreListedNewestFirst() {
		String reason = "reason-" + UUID.randomUUID();
		text(event("verify_expired", reason + "-1"));
		text(event("naming_verify_fail", reason + "-2"));
		await().atMost(TIMEOUT).untilAsserted(() -> assertThat(alarms("")).contains(reason + "-1", reason + "-2"));
		String page = alarms("?limit=1");
		assertThat(page).contains("\"nextCursor\":\"").contains("\"grave\":true");
		String cursor = page.replaceFirst("(?s).*\"nextCursor\":\"([^\"]+)\".*", "$1");
		assertThat(alarms("?limit=1&cursor=" + cursor)).isNotEqualTo(page);
	}

	private void restoring(Runnable work) {
		ReplyBook before = this.books.read().blockOptional(TIMEOUT).orElseThrow().book();
		try {
			work.run();
		}
		finally {
			long version = this.books.read().blockOptional(TIMEOUT).orElseThrow().version();
			this.books.replace(version, before).block(TIMEOUT);
		}
	}

	private void change(String body) {
		put(version(), body).expectStatus().isOk();
	}

	private WebTestClient.ResponseSpec put(String version, String body) {
		return this.client.put()
			.uri(PATH)
			.headers(this.sessions.staff("ADMIN"))
			.header("If-Match", version)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange();
	}

	private String version() {
		return this.client.get()
			.uri(PATH)
			.headers(this.sessions.staff("PUBLISHER"))
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(String.class)
			.getResponseHeaders()
			.getETag();
	}

	private String alarms(String query) {
		byte[] body = this.client.get()
			.uri("/api/admin/v1/wechat/alarms" + query)
			.headers(this.sessions.staff("ADMIN"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBody();
		return (body != null) ? new String(body, StandardCharsets.UTF_8) : "";
	}

	private long audits(String action) {
		return this.database.sql("SELECT count(*) FROM audit_entry WHERE action = :action AND actor = 'tester'")
			.bind("action", action)
			.mapValue(Long.class)
			.one()
			.blockOptional(TIMEOUT)
			.orElseThrow();
	}

	private Fields reply(String message) {
		EntityExchangeResult<byte[]> answer = this.post.sent(WechatAccount.MP, message);
		assertThat(answer.getStatus().value()).isEqualTo(200);
		return this.post.reply(answer);
	}

	private String text(String message) {
		return Postman.text(this.post.sent(WechatAccount.MP, message));
	}

	private String miniProgram() {
		return Postman.text(this.post.sent(WechatAccount.MINI_PROGRAM, """
				{"ToUserName":"gh_2","FromUserName":"%s","CreateTime":1610969440,"MsgType":"text","Content":"绑定",
				 "MsgId":%d}""".formatted(Postman.openid(), ThreadLocalRandom.current().nextLong(Long.MAX_VALUE))));
	}

	private static String event(String name, String key) {
		return """
				<xml><ToUserName>gh</ToUserName><FromUserName>%s</FromUserName><CreateTime>1481013459</CreateTime>
				<MsgType>event</MsgType><Event>%s</Event><EventKey>%s</EventKey><FailReason>%s</FailReason>
				<MsgID>%d</MsgID><Status>success</Status><PublishEventInfo><publish_id>1</publish_id>
				</PublishEventInfo></xml>""".formatted(Postman.openid(), name, key, key,
				ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
	}

	private PersonView person() {
		return this.sandbox.people().add("周清", "137%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000)));
	}

	private void awaitOnPhone(PersonView person, String text) {
		await().atMost(TIMEOUT).untilAsserted(() -> assertThat(phone(person)).contains(text));
	}

	private String phone(PersonView person) {
		return this.sandbox.people().messages(person.id()).toString();
	}

}
