package cn.qingfeng.local.sandbox;

import java.time.Duration;
import java.util.Map;

import cn.binarywang.wx.miniapp.bean.WxMaMessage;
import cn.qingfeng.local.sandbox.Backend.Answer;
import cn.qingfeng.local.sandbox.Backend.Received;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.message.SampleTemplates;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.bean.WxMpMassTagMessage;
import me.chanjar.weixin.mp.bean.message.WxMpXmlMessage;
import me.chanjar.weixin.mp.bean.message.WxMpXmlOutMessage;
import me.chanjar.weixin.mp.bean.result.WxMpMassSendResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What arrives at a backend, read with the real client library.
 */
class CallbacksIT {

	private final Backend backend = new Backend();

	private Sandbox sandbox;

	private ControlClient control;

	private WxMpService service;

	private PersonView person;

	@BeforeEach
	void start() {
		Timing timing = new Timing(Duration.ofSeconds(2), Duration.ofMillis(20), Duration.ofMillis(20),
				Duration.ofMillis(50), Duration.ofMillis(50));
		this.sandbox = Sandbox.start(SandboxOptions.usual().timing(timing));
		this.control = new ControlClient(this.sandbox);
		this.service = WechatClients.service(this.sandbox);
		this.sandbox.apps().callbackTo(AppRegistration.SERVICE_APPID, this.backend.url());
		this.sandbox.apps().callbackTo(AppRegistration.MINI_APPID, this.backend.url());
		this.person = this.sandbox.people().add("王清", "13800000001");
	}

	@AfterEach
	void stop() {
		this.sandbox.close();
		this.backend.close();
	}

	private WxMpXmlMessage opened(Received received) {
		Map<String, String> query = received.query();
		return WxMpXmlMessage.fromEncryptedXml(received.body(), this.service.getWxMpConfigStorage(),
				query.get("timestamp"), query.get("nonce"), query.get("msg_signature"));
	}

	private void act(String action, Map<String, ?> fields) {
		this.sandbox.people().act(this.person.id(), action, fields);
	}

	private JsonNode only(String event) throws InterruptedException {
		Wechat.await(() -> this.sandbox.pendingCallbacks() == 0);
		JsonNode found = this.control.get("callbacks?event=" + event);
		assertThat(found.size()).isEqualTo(1);
		return found.get(0);
	}

	@Test
	void aFollowArrivesSignedAndEncrypted() throws InterruptedException {
		act("follow", Map.of("scene", "unit_7"));
		assertThat(only("subscribe").path("state").asString()).isEqualTo("DELIVERED");
		Received received = this.backend.received().getFirst();
		assertThat(this.service.checkSignature(received.query().get("timestamp"), received.query().get("nonce"),
				received.query().get("signature")))
			.isTrue();
		assertThat(received.query()).containsEntry("openid", this.person.openids().get(AppRegistration.SERVICE_APPID));
		WxMpXmlMessage message = opened(received);
		assertThat(message.getEvent()).isEqualTo("subscribe");
		assertThat(message.getEventKey()).isEqualTo("qrscene_unit_7");
	}

	@Test
	void aBackendThatFailsGetsThreeAttemptsEachFreshlySigned() throws InterruptedException {
		this.backend.answers((received) -> new Answer(500, "down"));
		act("follow", Map.of());
		JsonNode outcome = only("subscribe");
		assertThat(outcome.path("state").asString()).isEqualTo("FAILED");
		assertThat(outcome.path("attempts").size()).isEqualTo(3);
		assertThat(this.backend.received()).extracting((received) -> received.query().get("nonce"))
			.doesNotHaveDuplicates()
			.hasSize(3);
		assertThat(this.backend.received()).extracting((received) -> opened(received).getCreateTime())
			.containsOnly(opened(this.backend.received().getFirst()).getCreateTime());
	}

	@Test
	void aSlowBackendIsTriedAgainUntilItAnswers() throws InterruptedException {
		this.backend.answers((received) -> {
			if (this.backend.received().size() < 3) {
				Wechat.pause(Duration.ofSeconds(3));
			}
			return new Answer(200, "");
		});
		act("follow", Map.of());
		JsonNode outcome = only("subscribe");
		assertThat(outcome.path("state").asString()).isEqualTo("DELIVERED");
		assertThat(outcome.path("attempts").size()).isEqualTo(3);
	}

	@Test
	void anEncryptedReplyShowsOnThePhone() throws InterruptedException {
		this.backend.answers((received) -> {
			WxMpXmlMessage in = opened(received);
			return new Answer(200,
					WxMpXmlOutMessage.TEXT()
						.content("收到：" + in.getContent())
						.fromUser(in.getToUser())
						.toUser(in.getFromUser())
						.build()
						.toEncryptedXml(this.service.getWxMpConfigStorage()));
		});
		act("sendText", Map.of("text", "你好"));
		Wechat.await(() -> this.sandbox.people().messages(this.person.id()).size() == 2);
		assertThat(this.sandbox.people().messages(this.person.id()).getLast().text()).startsWith("收到：你好");
	}

	@Test
	void anAnswerThatIsNoReplyCountsAsAFailure() throws InterruptedException {
		this.backend.answers((received) -> new Answer(200, "{\"status\":\"ok\"}"));
		act("click", Map.of("key", "REMIND"));
		assertThat(only("CLICK").path("state").asString()).isEqualTo("FAILED");
	}

	@Test
	void aConsentInTheMiniProgramArrivesAsJson() throws InterruptedException {
		act("popup",
				Map.of("appid", AppRegistration.MINI_APPID, "results", Map.of(SampleTemplates.MINI_QUIZ, "accept")));
		only("subscribe_msg_popup_event");
		WxMaMessage message = WxMaMessage.fromEncryptedJson(this.backend.received().getFirst().body(),
				WechatClients.mini(this.sandbox).getWxMaConfig());
		assertThat(message.getEvent()).isEqualTo("subscribe_msg_popup_event");
		assertThat(message.getSubscribeMsgPopupEvent().getList().toString()).contains(SampleTemplates.MINI_QUIZ);
	}

	@Test
	void aMassMessageIsReportedWithCountsThatAddUp() throws Exception {
		act("follow", Map.of());
		PersonView refusing = this.sandbox.people().add("赵静", "13800000003");
		this.sandbox.people().act(refusing.id(), "follow", Map.of());
		this.sandbox.people().act(refusing.id(), "block", Map.of());
		WxMpMassTagMessage message = new WxMpMassTagMessage();
		message.setMsgType("mpnews");
		message.setMediaId(Wechat.draft(this.service, "十一月廉洁学习"));
		message.setSendAll(true);
		WxMpMassSendResult result = this.service.getMassMessageService().massGroupMessageSend(message);
		Wechat.await(() -> this.control.get("callbacks?event=MASSSENDJOBFINISH").size() == 1);
		JsonNode content = only("MASSSENDJOBFINISH").path("content");
		assertThat(content.path("MsgID").asString()).isEqualTo(result.getMsgId());
		assertThat(content.path("TotalCount").asInt()).isEqualTo(2);
		assertThat(content.path("FilterCount").asInt()).isEqualTo(2);
		assertThat(content.path("SentCount").asInt()).isEqualTo(1);
		assertThat(content.path("ErrorCount").asInt()).isEqualTo(1);
		WxMpXmlMessage read = opened(this.backend.received().getLast());
		assertThat(read.getStatus()).isEqualTo("send success");
		assertThat(read.getAllFieldsMap().toString()).contains("/s/");
	}

}
