package cn.qingfeng.wechat;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestSessions;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.message.SampleTemplates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.reactive.server.JsonPathAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
@Import(RecordedEvents.class)
@ExtendWith(OutputCaptureExtension.class)
class WechatGatewayIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final String STABLE_TOKEN = "/cgi-bin/stable_token";

	private static final String TEMPLATE_SEND = "/cgi-bin/message/template/send";

	/** A PNG of one pixel. */
	private static final byte[] PIXEL = Base64.getDecoder()
		.decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

	@Autowired
	private WechatGateway gateway;

	@Autowired
	private WechatProperties properties;

	@Autowired
	private Sandbox sandbox;

	@Autowired
	private RecordedEvents.Record events;

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestClock clock;

	private PersonView person;

	@BeforeEach
	void aPersonFollows() {
		this.person = this.sandbox.people()
			.add("王清", "139" + UUID.randomUUID().toString().replaceAll("\\D", "1").substring(0, 8));
		this.sandbox.people().act(this.person.id(), "follow", Map.of());
	}

	@AfterEach
	void allIsWellAgain() {
		this.sandbox.clearFaults();
		this.clock.reset();
	}

	@Test
	void aMiniProgramLoginTellsWhoItIsAndItsCodeIsGoodOnce() {
		String code = this.sandbox.people().wxLogin(this.person.id());
		MiniProgramIdentity who = done(this.gateway.loginToMiniProgram(code));
		assertThat(who.openid()).isEqualTo(this.person.openids().get(this.properties.miniProgram().appId()));
		assertThat(who.unionid()).isEqualTo(this.person.unionid());
		assertThat(refused(this.gateway.loginToMiniProgram(code)).errorClass()).isEqualTo(WechatErrorClass.AUTH);
	}

	@Test
	void aCodeThatWouldChangeTheAddressIsNotSent() {
		long before = this.sandbox.calls("/sns/jscode2session");
		assertThat(refused(this.gateway.loginToMiniProgram("x&appid=wx1")).errorClass())
			.isEqualTo(WechatErrorClass.AUTH);
		assertThat(this.sandbox.calls("/sns/jscode2session")).isEqualTo(before);
	}

	@Test
	void aPhoneNumberIsHandedOver() {
		String code = this.sandbox.people().phoneCode(this.person.id());
		assertThat(done(this.gateway.phoneNumber(code))).isEqualTo(new PhoneNumber("86", this.person.phone()));
	}

	@Test
	void followersAreListed() {
		assertThat(done(this.gateway.followers(null)).openids()).contains(openid());
	}

	@Test
	void templatesAreListed() {
		assertThat(done(this.gateway.templates())).extracting(WechatTemplate::templateId)
			.contains(SampleTemplates.REMINDER);
	}

	@Test
	void aTemplateMessageArrivesAndItsReceiptComesBack() {
		String msgId = done(this.gateway.sendTemplate(reminder(openid(), UUID.randomUUID().toString())));
		WechatEvent.TemplateMessageFinished finished = this.events.awaited(WechatEvent.TemplateMessageFinished.class,
				(event) -> event.msgId().equals(msgId));
		assertThat(finished.status()).isEqualTo(WechatEvent.ReceiptStatus.DELIVERED);
		assertThat(finished.openid()).isEqualTo(openid());
		assertThat(templatesOnThePhone()).isEqualTo(1);
	}

	@Test
	void whoUnfollowedIsGone() {
		this.sandbox.people().act(this.person.id(), "unfollow", Map.of());
		WechatOutcome.Refused<String> refused = refused(
				this.gateway.sendTemplate(reminder(openid(), UUID.randomUUID().toString())));
		assertThat(refused.errorClass()).isEqualTo(WechatErrorClass.GONE);
		assertThat(refused.code()).isEqualTo(43004);
		assertThat(refused.rid()).isNotEmpty();
	}

	@Test
	void aTooLongValueIsRefusedAndNotCutShort() {
		TemplateMessage message = new TemplateMessage(openid(), SampleTemplates.REMINDER, null,
				UUID.randomUUID().toString(),
				Map.of("thing1", "清".repeat(21), "time2", "2026-11-30 18:00", "thing3", "-"));
		assertThat(refused(this.gateway.sendTemplate(message)).errorClass()).isEqualTo(WechatErrorClass.FIX);
	}

	@Test
	void aLostAnswerIsUnknownAndSendingAgainDeliversOnce() {
		TemplateMessage message = reminder(openid(), UUID.randomUUID().toString());
		new SandboxControl(this.sandbox).fault(TEMPLATE_SEND, "timeoutAfterEffect", 4_000, 1);
		assertThat(this.gateway.sendTemplate(message).block(TIMEOUT)).isInstanceOf(WechatOutcome.Unknown.class);
		String msgId = done(this.gateway.sendTemplate(message));
		this.events.awaited(WechatEvent.TemplateMessageFinished.class, (event) -> event.msgId().equals(msgId));
		assertThat(templatesOnThePhone()).isEqualTo(1);
	}

	@Test
	void busyLeavesASendOpenAndAQuestionIsAskedAgain() {
		SandboxControl control = new SandboxControl(this.sandbox);
		long before = this.sandbox.calls(TEMPLATE_SEND);
		control.fault(TEMPLATE_SEND, "errcode", -1, 1);
		assertThat(this.gateway.sendTemplate(reminder(openid(), UUID.randomUUID().toString())).block(TIMEOUT))
			.isInstanceOf(WechatOutcome.Unknown.class);
		assertThat(this.sandbox.calls(TEMPLATE_SEND)).isEqualTo(before + 1);
		control.fault("/cgi-bin/user/get", "errcode", -1, 1);
		assertThat(done(this.gateway.followers(null)).openids()).contains(openid());
	}

	@Test
	void anUnreadableAnswerIsUnknown() {
		new SandboxControl(this.sandbox).fault(TEMPLATE_SEND, "html", 200, 1);
		assertThat(this.gateway.sendTemplate(reminder(openid(), UUID.randomUUID().toString())).block(TIMEOUT))
			.isInstanceOf(WechatOutcome.Unknown.class);
	}

	@Test
	void manyCallsWithARevokedTokenMakeOneTokenRequest() {
		new SandboxControl(this.sandbox).revokeTokens(this.properties.mp().appId());
		long before = this.sandbox.calls(STABLE_TOKEN);
		List<WechatOutcome<FollowerPage>> outcomes = Flux.range(0, 24)
			.flatMap((i) -> this.gateway.followers(null), 24)
			.collectList()
			.block(TIMEOUT);
		assertThat(outcomes).hasSize(24)
			.allSatisfy((outcome) -> assertThat(outcome).isInstanceOf(WechatOutcome.Done.class));
		assertThat(this.sandbox.calls(STABLE_TOKEN)).isEqualTo(before + 1);
	}

	@Test
	void aRevokedTokenIsReplacedOnceAndTheCallRepeatedOnce() {
		new SandboxControl(this.sandbox).revokeTokens(this.properties.mp().appId());
		long tokens = this.sandbox.calls(STABLE_TOKEN);
		long sends = this.sandbox.calls(TEMPLATE_SEND);
		done(this.gateway.sendTemplate(reminder(openid(), UUID.randomUUID().toString())));
		assertThat(this.sandbox.calls(STABLE_TOKEN)).isEqualTo(tokens + 1);
		assertThat(this.sandbox.calls(TEMPLATE_SEND)).isEqualTo(sends + 2);
	}

	@Test
	void aDraftIsSentToAllAndTheEndOfItComesBack() {
		String cover = done(this.gateway.uploadCover(PIXEL, "cover.png"));
		String draft = done(this.gateway.addDraft(List.of(article("本月知识测试", cover), article("清风故事", cover))));
		String clientMsgId = UUID.randomUUID().toString().replace("-", "");
		MassSend sent = done(this.gateway.massSendToAll(draft, clientMsgId));
		WechatEvent.MassSendFinished finished = this.events.awaited(WechatEvent.MassSendFinished.class,
				(event) -> event.msgId().equals(sent.msgId()));
		assertThat(finished.succeeded()).isTrue();
		assertThat(finished.sent()).isPositive();
		assertThat(finished.total()).isGreaterThanOrEqualTo(finished.filter());
		assertThat(finished.urls()).hasSize(2);
		assertThat(done(this.gateway.massSendStatus(sent.msgId()))).isEqualTo(MassSendStatus.SEND_SUCCESS);
		assertThat(this.sandbox.people().messages(this.person.id())).anySatisfy((message) -> {
			assertThat(message.kind()).isEqualTo("article");
			assertThat(message.articles()).hasSize(2);
		});
	}

	@Test
	void aMassSendWithTheSameIdIsTheSameSend() {
		String cover = done(this.gateway.uploadCover(PIXEL, "cover.png"));
		String draft = done(this.gateway.addDraft(List.of(article("廉洁提醒", cover))));
		String clientMsgId = UUID.randomUUID().toString().replace("-", "");
		MassSend sent = done(this.gateway.massSendToAll(draft, clientMsgId));
		assertThat(refused(this.gateway.massSendToAll(draft, clientMsgId)).errorClass())
			.isEqualTo(WechatErrorClass.QUOTA_MIN);
		this.clock.advance(Duration.ofMinutes(2));
		assertThat(done(this.gateway.massSendToAll(draft, clientMsgId)).msgId()).isEqualTo(sent.msgId());
	}

	@Test
	void aDraftIsPublished() {
		String cover = done(this.gateway.uploadCover(PIXEL, "cover.png"));
		String draft = done(this.gateway.addDraft(List.of(article("清风故事", cover))));
		Submission submission = done(this.gateway.publishDraft(draft));
		assertThat(submission.publishId()).doesNotContain("\"");
		assertThat(submission.msgDataId()).isNotEmpty();
		WechatEvent.PublicationFinished finished = this.events.awaited(WechatEvent.PublicationFinished.class,
				(event) -> event.publishId().equals(submission.publishId()));
		assertThat(finished.status()).isZero();
		assertThat(finished.urls()).hasSize(1);
	}

	@Test
	void anArticleImageGetsAnAddress() {
		assertThat(done(this.gateway.uploadArticleImage(PIXEL))).startsWith("http");
	}

	@Test
	void aMissingCapabilityIsSwitchedOffAndTriedAgainAfterHours() {
		SandboxControl control = new SandboxControl(this.sandbox);
		control.fault("/cgi-bin/freepublish/submit", "errcode", 48001, 1);
		assertThat(refused(this.gateway.publishDraft("none")).code()).isEqualTo(48001);
		long calls = this.sandbox.calls("/cgi-bin/freepublish/submit");
		assertThat(refused(this.gateway.publishDraft("none")).errorClass()).isEqualTo(WechatErrorClass.CONFIG);
		assertThat(this.sandbox.calls("/cgi-bin/freepublish/submit")).isEqualTo(calls);
		capability("PUBLISH").isEqualTo(false);
		this.clock.advance(Duration.ofHours(7));
		aDraftIsPublished();
		capability("PUBLISH").isEqualTo(true);
	}

	@Test
	void ownPagesAreSignedAndOthersAreNot() {
		this.client.get()
			.uri("/api/v1/jssdk/signature?url={url}", this.properties.publicBaseUrl() + "/m/?a=1#/quiz")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.appId")
			.isEqualTo(this.properties.mp().appId())
			.jsonPath("$.signature")
			.value((String signature) -> assertThat(signature).matches("[0-9a-f]{40}"));
		for (String foreign : List.of("https://evil.example/m/", "http://127.0.0.1.evil.example/",
				"http://127.0.0.1@evil.example/", "javascript:alert(1)", "not an address", "//127.0.0.1/m/")) {
			this.client.get()
				.uri("/api/v1/jssdk/signature?url={url}", foreign)
				.exchange()
				.expectStatus()
				.isEqualTo(422);
		}
	}

	@Test
	void noTokenAndNoSecretReachesTheLog(CapturedOutput output) {
		SandboxControl control = new SandboxControl(this.sandbox);
		for (String kind : List.of("errcode", "html", "reset", "truncate")) {
			control.fault("/", kind, 47001, 1);
			this.gateway.sendTemplate(reminder(openid(), UUID.randomUUID().toString())).block(TIMEOUT);
			control.fault("/", kind, 47001, 1);
			this.gateway.loginToMiniProgram("0a1b2c").block(TIMEOUT);
		}
		assertThat(output).contains("WeChat TEMPLATE_SEND")
			.doesNotContain(this.properties.mp().secret())
			.doesNotContain(this.properties.miniProgram().secret())
			.doesNotContain("access_token=")
			.doesNotContain(openid());
	}

	@Test
	void withoutWechatNothingFailsButTheOutcome() {
		new SandboxControl(this.sandbox).fault("/cgi-bin/user/get", "reset", 0, 10);
		assertThat(this.gateway.followers(null).block(TIMEOUT)).isInstanceOf(WechatOutcome.Unknown.class);
	}

	private JsonPathAssertions capability(String name) {
		return this.client.get()
			.uri("/api/admin/v1/wechat/capabilities")
			.headers(this.sessions.staff("ADMIN"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items[?(@.name=='%s')].available".formatted(name));
	}

	private String openid() {
		return this.person.openids().get(this.properties.mp().appId());
	}

	private long templatesOnThePhone() {
		return this.sandbox.people()
			.messages(this.person.id())
			.stream()
			.filter((message) -> message.kind().equals("template"))
			.count();
	}

	private static DraftArticle article(String title, String cover) {
		return new DraftArticle(title, "清风", "摘要", "<p>正文</p>", "http://127.0.0.1/m/", cover);
	}

	private static TemplateMessage reminder(String openid, String clientMsgId) {
		return new TemplateMessage(openid, SampleTemplates.REMINDER, "http://127.0.0.1/m/", clientMsgId,
				Map.of("thing1", "中秋廉洁提醒", "time2", "2026-11-30 18:00", "thing3", "点开查看"));
	}

	private static <T> T done(Mono<WechatOutcome<T>> call) {
		WechatOutcome<T> outcome = call.block(TIMEOUT);
		assertThat(outcome).isInstanceOf(WechatOutcome.Done.class);
		return ((WechatOutcome.Done<T>) outcome).value();
	}

	private static <T> WechatOutcome.Refused<T> refused(Mono<WechatOutcome<T>> call) {
		WechatOutcome<T> outcome = call.block(TIMEOUT);
		assertThat(outcome).isInstanceOf(WechatOutcome.Refused.class);
		return (WechatOutcome.Refused<T>) outcome;
	}

}
