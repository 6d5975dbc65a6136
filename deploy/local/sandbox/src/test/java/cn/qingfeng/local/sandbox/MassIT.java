package cn.qingfeng.local.sandbox;

import java.time.Duration;
import java.util.Map;

import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import cn.qingfeng.local.sandbox.world.Json;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.bean.WxMpMassPreviewMessage;
import me.chanjar.weixin.mp.bean.WxMpMassTagMessage;
import me.chanjar.weixin.mp.bean.result.WxMpMassSendResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How mass messages end, and what is seen of them on the way.
 */
class MassIT {

	private static final String SERVICE = AppRegistration.SERVICE_APPID;

	private Sandbox sandbox;

	private ControlClient control;

	private WxMpService service;

	private PersonView person;

	@BeforeEach
	void start() {
		this.sandbox = Wechat.sandbox(40);
		this.control = new ControlClient(this.sandbox);
		this.service = WechatClients.service(this.sandbox);
		this.person = this.sandbox.people().add("王清", "13800000001");
		this.sandbox.people().act(this.person.id(), "follow", Map.of());
		set("{\"delays\":{\"mass\":\"PT20S\"}}");
	}

	@AfterEach
	void stop() {
		this.sandbox.close();
	}

	private void set(String settings) {
		this.control.call("PUT", "apps/" + SERVICE, settings);
	}

	private WxMpMassTagMessage message(String clientId) throws Exception {
		WxMpMassTagMessage message = new WxMpMassTagMessage();
		message.setMsgType("mpnews");
		message.setMediaId(Wechat.draft(this.service, "十一月廉洁学习"));
		message.setSendAll(true);
		message.setClientMsgId(clientId);
		return message;
	}

	private WxMpMassSendResult send(WxMpMassTagMessage message) throws WxErrorException {
		return this.service.getMassMessageService().massGroupMessageSend(message);
	}

	private JsonNode end() {
		this.sandbox.clock().advance(Duration.ofMinutes(1));
		return this.control.get("callbacks?event=MASSSENDJOBFINISH").get(0).path("content");
	}

	private String status(String id) throws WxErrorException {
		return this.service.getMassMessageService().messageMassGet(Long.valueOf(id)).getMsgstatus();
	}

	@Test
	void theProgressOfAMassMessageIsSeen() throws Exception {
		String id = send(message("a")).getMsgId();
		assertThat(status(id)).isEqualTo("SENDING");
		this.sandbox.clock().advance(Duration.ofSeconds(10));
		JsonNode half = this.control.get("mass").get(0);
		assertThat(half.path("done").asInt()).isPositive().isLessThan(half.path("total").asInt());
		assertThat(end().path("Status").asString()).isEqualTo("send success");
		assertThat(this.control.get("mass").size()).isZero();
		assertThat(status(id)).isEqualTo("SEND_SUCCESS");
	}

	@Test
	void aMessageTakenBackOnItsWayStops() throws Exception {
		String id = send(message("a")).getMsgId();
		this.sandbox.clock().advance(Duration.ofSeconds(2));
		this.service.getMassMessageService().delete(Long.valueOf(id), 0);
		this.sandbox.clock().advance(Duration.ofMinutes(1));
		assertThat(this.sandbox.people().messages(this.person.id())).isEmpty();
		assertThat(status(id)).isEqualTo("DELETE");
	}

	@Test
	void protectionAsksTheAdministratorFirst() throws Exception {
		set("{\"switches\":{\"massProtection\":true}}");
		WxMpMassTagMessage message = message("a");
		Wechat.refuses(89505, () -> send(message));
		Wechat.refuses(89504, () -> send(message));
		this.sandbox.clock().advance(Duration.ofMinutes(2));
		assertThat(this.sandbox.people().messages(this.person.id())).isEmpty();
		this.control.call("POST", "apps/" + SERVICE + "/mass-approval", "{\"approve\":true}");
		assertThat(end().path("Status").asString()).isEqualTo("send success");
		assertThat(this.sandbox.people().messages(this.person.id())).hasSize(1);
		Wechat.refuses(45065, () -> send(message));
	}

	@Test
	void anAdministratorMayRefuseOrNeverAnswer() throws Exception {
		set("{\"switches\":{\"massProtection\":true}}");
		Wechat.refuses(89505, () -> send(message("a")));
		this.control.call("POST", "apps/" + SERVICE + "/mass-approval", "{\"approve\":false}");
		assertThat(end().path("Status").asString()).isEqualTo("err(40001)");
		Wechat.refuses(89505, () -> send(message("b")));
		this.sandbox.clock().advance(Duration.ofMinutes(30));
		assertThat(
				this.control.get("callbacks?event=MASSSENDJOBFINISH").get(1).path("content").path("Status").asString())
			.isEqualTo("err(40002)");
	}

	@Test
	void aReprintIsSentOnlyWhenThatIsAllowed() throws Exception {
		set("{\"outcomes\":{\"copyright\":\"2\"}}");
		WxMpMassTagMessage message = message("a");
		String refused = send(message).getMsgId();
		JsonNode event = end();
		assertThat(event.path("Status").asString()).isEqualTo("err(30003)");
		assertThat(event.path("SentCount").asInt(9)).isZero();
		assertThat(event.path("CopyrightCheckResult").path("CheckState").asInt()).isEqualTo(2);
		assertThat(status(refused)).isEqualTo("SEND_FAIL");
		WxMpMassTagMessage anyway = message("b");
		anyway.setSendIgnoreReprint(true);
		send(anyway);
		this.sandbox.clock().advance(Duration.ofMinutes(1));
		assertThat(this.sandbox.people().messages(this.person.id())).hasSize(1);
	}

	@Test
	void anEndCanBeChosen() throws Exception {
		set("{\"outcomes\":{\"mass\":\"err(20013)\"}}");
		send(message("a"));
		assertThat(end().path("Status").asString()).isEqualTo("err(20013)");
		assertThat(this.sandbox.people().messages(this.person.id())).isEmpty();
	}

	@Test
	void theSpeedIsChosen() throws WxErrorException {
		assertThat(this.service.getMassMessageService().messageMassSpeedGet().getSpeed()).isEqualTo(3);
		this.service.getMassMessageService().messageMassSpeedSet(4);
		assertThat(this.service.getMassMessageService().messageMassSpeedGet().getRealspeed()).isEqualTo(10);
		Wechat.refuses(45083, () -> this.service.getMassMessageService().messageMassSpeedSet(5));
	}

	@Test
	void anEditorSeesAPreviewAndTheDraftStays() throws Exception {
		WxMpMassPreviewMessage preview = new WxMpMassPreviewMessage();
		preview.setToWxUserName("13800000001");
		preview.setMsgType("mpnews");
		preview.setMediaId(Wechat.draft(this.service, "十一月廉洁学习"));
		this.service.getMassMessageService().massMessagePreview(preview);
		assertThat(this.sandbox.people().messages(this.person.id())).hasSize(1);
		assertThat(this.service.getDraftService().getDraft(preview.getMediaId()).getNewsItem()).hasSize(1);
		preview.setToWxUserName("nobody");
		assertThatExceptionOfType(WxErrorException.class)
			.isThrownBy(() -> this.service.getMassMessageService().massMessagePreview(preview));
	}

	@Test
	void aPublicationMayBeRefused() throws Exception {
		set("{\"outcomes\":{\"publish\":\"4\"}}");
		String id = this.service.getFreePublishService().submit(Wechat.draft(this.service, "家风故事")).replace("\"", "");
		this.sandbox.clock().advance(Duration.ofSeconds(5));
		assertThat(this.service.getFreePublishService().getPushStatus(id).getPublish_status()).isEqualTo(4);
		JsonNode event = this.control.get("callbacks?event=PUBLISHJOBFINISH").get(0).path("content");
		assertThat(event.path("PublishEventInfo").path("fail_idx").get(0).asInt()).isEqualTo(1);
		assertThat(Json.text(event.path("PublishEventInfo"), "article_id")).isEmpty();
	}

}
