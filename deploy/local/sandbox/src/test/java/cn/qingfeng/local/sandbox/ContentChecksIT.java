package cn.qingfeng.local.sandbox;

import java.time.Duration;
import java.util.Map;

import cn.binarywang.wx.miniapp.api.WxMaService;
import cn.binarywang.wx.miniapp.bean.WxMaMessage;
import cn.binarywang.wx.miniapp.bean.security.WxMaMediaSecCheckCheckRequest;
import cn.binarywang.wx.miniapp.bean.security.WxMaMsgSecCheckCheckRequest;
import cn.binarywang.wx.miniapp.bean.security.WxMaMsgSecCheckCheckResponse;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import me.chanjar.weixin.common.error.WxErrorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Texts and pictures that people hand in.
 */
class ContentChecksIT {

	private static final String MINI = AppRegistration.MINI_APPID;

	private final Backend backend = new Backend();

	private Sandbox sandbox;

	private WxMaService mini;

	private PersonView person;

	@BeforeEach
	void start() {
		this.sandbox = Wechat.sandbox(1);
		this.mini = WechatClients.mini(this.sandbox);
		this.person = this.sandbox.people().add("王清", "13800000001");
		this.sandbox.people().wxLogin(this.person.id());
		new ControlClient(this.sandbox).call("PUT", "apps/" + MINI,
				"{\"words\":{\"赌博\":{\"suggest\":\"risky\",\"label\":20006},\"内部\":{\"suggest\":\"review\",\"label\":21000}}}");
	}

	@AfterEach
	void stop() {
		this.sandbox.close();
		this.backend.close();
	}

	private WxMaMsgSecCheckCheckResponse check(String openid, String content) throws WxErrorException {
		return this.mini.getSecurityService()
			.checkMessage(WxMaMsgSecCheckCheckRequest.builder()
				.version("2")
				.openid(openid)
				.scene(2)
				.content(content)
				.build());
	}

	private String openid() {
		return this.person.openids().get(MINI);
	}

	@Test
	void aTextIsJudgedByTheWordsOfTheControlPlane() throws WxErrorException {
		assertThat(check(openid(), "今天整理了月湖公园").getResult().getSuggest()).isEqualTo("pass");
		assertThat(check(openid(), "一起赌博").getResult().getSuggest()).isEqualTo("risky");
		assertThat(check(openid(), "一起赌博").getResult().getLabel()).isEqualTo("20006");
		assertThat(check(openid(), "内部资料").getResult().getSuggest()).isEqualTo("review");
	}

	@Test
	void onlySomebodyWhoIsThereCanBeChecked() {
		Wechat.refuses(43104, () -> check(this.person.openids().get(AppRegistration.SERVICE_APPID), "你好"));
		Wechat.refuses(40003, () -> check("nobody", "你好"));
		Wechat.refuses(44002, () -> check(openid(), " "));
		this.sandbox.clock().advance(Duration.ofHours(3));
		Wechat.refuses(61010, () -> check(openid(), "你好"));
	}

	@Test
	void theOldCheckKnowsOnlyYesAndNo() throws WxErrorException {
		assertThat(this.mini.getSecurityService().checkMessage("你好")).isTrue();
		Wechat.refuses(87014, () -> this.mini.getSecurityService().checkMessage("赌博"));
	}

	@Test
	void thePictureIsJudgedLaterByACallback() throws Exception {
		this.sandbox.apps().callbackTo(MINI, this.backend.url());
		String trace = this.mini.getSecurityService()
			.mediaCheckAsync(WxMaMediaSecCheckCheckRequest.builder()
				.mediaUrl("https://h5.example.cn/赌博.jpg")
				.mediaType(2)
				.version(2)
				.openid(openid())
				.scene(1)
				.build())
			.getTraceId();
		Wechat.await(() -> this.sandbox.pendingCallbacks() == 0 && !this.backend.received().isEmpty());
		WxMaMessage message = WxMaMessage.fromEncryptedJson(this.backend.received().getFirst().body(),
				this.mini.getWxMaConfig());
		assertThat(message.getEvent()).isEqualTo("wxa_media_check");
		assertThat(message.getTraceId()).isEqualTo(trace);
		assertThat(message.getResult().getSuggest()).isEqualTo("risky");
	}

	@Test
	void theVerdictOnAPictureTakesAsLongAsTheControlPlaneSays() throws WxErrorException {
		this.sandbox.apps().callbackTo(MINI, this.backend.url());
		new ControlClient(this.sandbox).call("PUT", "apps/" + MINI, "{\"delays\":{\"mediaCheck\":\"PT20M\"}}");
		this.mini.getSecurityService()
			.mediaCheckAsync(WxMaMediaSecCheckCheckRequest.builder()
				.mediaUrl("https://h5.example.cn/1.jpg")
				.mediaType(2)
				.version(2)
				.openid(openid())
				.scene(1)
				.build());
		ControlClient control = new ControlClient(this.sandbox);
		this.sandbox.clock().advance(Duration.ofMinutes(19));
		assertThat(control.get("callbacks?event=wxa_media_check").size()).isZero();
		this.sandbox.clock().advance(Duration.ofMinutes(1));
		assertThat(control.get("callbacks?event=wxa_media_check").size()).isEqualTo(1);
	}

	@Test
	void aFlaggedPersonIsARisk() throws WxErrorException {
		String url = this.sandbox.baseUrl() + "/wxa/getuserriskrank";
		String body = "{\"appid\":\"" + MINI + "\",\"openid\":\"" + openid()
				+ "\",\"scene\":0,\"client_ip\":\"127.0.0.1\"}";
		assertThat(this.mini.post(url, body)).contains("\"risk_rank\":0");
		this.sandbox.people().act(this.person.id(), "flag", Map.of("appid", MINI));
		assertThat(this.mini.post(url, body)).contains("\"risk_rank\":4");
	}

}
