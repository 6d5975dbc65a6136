package cn.qingfeng.local.sandbox;

import java.util.Map;

import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import cn.qingfeng.local.sandbox.world.Json;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.bean.WxMpMassTagMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What people write under an article, and what the account does with it.
 */
class CommentsIT {

	private static final String SERVICE = AppRegistration.SERVICE_APPID;

	private Sandbox sandbox;

	private WxMpService service;

	private PersonView person;

	private String url;

	private long message;

	@BeforeEach
	void anArticleThatWasSent() throws Exception {
		this.sandbox = Wechat.sandbox(3);
		this.service = WechatClients.service(this.sandbox);
		this.person = this.sandbox.people().add("王清", "13800000001");
		this.sandbox.people().act(this.person.id(), "follow", Map.of());
		WxMpMassTagMessage mass = new WxMpMassTagMessage();
		mass.setMsgType("mpnews");
		mass.setMediaId(Wechat.draft(this.service, "廉洁故事"));
		mass.setSendAll(true);
		this.message = Long.parseLong(this.service.getMassMessageService().massGroupMessageSend(mass).getMsgDataId());
		Wechat.await(() -> !this.sandbox.people().messages(this.person.id()).isEmpty());
		this.url = String.valueOf(this.sandbox.people().messages(this.person.id()).getFirst().url());
	}

	@AfterEach
	void stop() {
		this.sandbox.close();
	}

	@Test
	void nobodyCommentsUntilTheAccountOpensIt() throws WxErrorException {
		assertThatIllegalArgumentException().isThrownBy(() -> write("写得好"));
		Wechat.refuses(88000, () -> list(0));
		call("open", "");
		write("写得好");
		assertThat(list(0).path("total").asInt()).isEqualTo(1);
		call("close", "");
		assertThatIllegalArgumentException().isThrownBy(() -> write("再写一条"));
		Wechat.refuses(88001, () -> this.service.post(this.sandbox.baseUrl() + "/cgi-bin/comment/open",
				"{\"msg_data_id\":1,\"index\":0}"));
	}

	@Test
	void theAccountElectsAnswersAndDeletes() throws WxErrorException {
		call("open", "");
		write("写得好");
		write("学到了");
		JsonNode first = list(0).path("comment").get(0);
		assertThat(first.path("openid").asString()).isEqualTo(this.person.openids().get(SERVICE));
		assertThat(first.path("content").asString()).isEqualTo("写得好");
		String id = ",\"user_comment_id\":" + first.path("user_comment_id").asLong();
		Wechat.refuses(88003, () -> call("unmarkelect", id));
		call("markelect", id);
		assertThat(list(2).path("total").asInt()).isEqualTo(1);
		assertThat(list(1).path("total").asInt()).isEqualTo(1);
		Wechat.refuses(88009, () -> call("reply/delete", id));
		Wechat.refuses(88005, () -> call("reply/add", id + ",\"content\":\"\""));
		call("reply/add", id + ",\"content\":\"谢谢\"");
		Wechat.refuses(88007, () -> call("reply/add", id + ",\"content\":\"谢谢\""));
		assertThat(list(2).path("comment").get(0).path("reply").path("content").asString()).isEqualTo("谢谢");
		call("reply/delete", id);
		call("unmarkelect", id);
		call("delete", id);
		Wechat.refuses(88004, () -> call("delete", id));
		assertThat(list(0).path("comment").get(0).path("content").asString()).isEqualTo("学到了");
		Wechat.refuses(88010, () -> call("list", ",\"begin\":0,\"count\":50,\"type\":0"));
	}

	@Test
	void commentsSurviveASnapshot() throws WxErrorException {
		call("open", "");
		write("写得好");
		ControlClient control = new ControlClient(this.sandbox);
		JsonNode snapshot = control.call("POST", "snapshot", "");
		write("学到了");
		control.call("POST", "restore", snapshot.toString());
		assertThat(list(0).path("total").asInt()).isEqualTo(1);
	}

	private void write(String text) {
		this.sandbox.people().act(this.person.id(), "comment", Map.of("url", this.url, "content", text));
	}

	private JsonNode list(int type) throws WxErrorException {
		return call("list", ",\"begin\":0,\"count\":49,\"type\":" + type);
	}

	private JsonNode call(String what, String fields) throws WxErrorException {
		return Json.MAPPER.readTree(this.service.post(this.sandbox.baseUrl() + "/cgi-bin/comment/" + what,
				"{\"msg_data_id\":" + this.message + ",\"index\":0" + fields + "}"));
	}

}
