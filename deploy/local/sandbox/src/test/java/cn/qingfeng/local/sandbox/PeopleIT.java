package cn.qingfeng.local.sandbox;

import java.io.File;
import java.util.Map;

import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.message.SampleTemplates;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import me.chanjar.weixin.common.bean.WxJsapiSignature;
import me.chanjar.weixin.common.bean.oauth2.WxOAuth2AccessToken;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.mp.api.WxMpService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people do with their phones.
 */
class PeopleIT {

	private static final String SERVICE = AppRegistration.SERVICE_APPID;

	private static final String MINI = AppRegistration.MINI_APPID;

	private Sandbox sandbox;

	private ControlClient control;

	private WxMpService service;

	private PersonView person;

	@BeforeEach
	void start() {
		this.sandbox = Wechat.sandbox(1);
		this.control = new ControlClient(this.sandbox);
		this.service = WechatClients.service(this.sandbox);
		this.person = this.sandbox.people().add("王清", "13800000001");
	}

	@AfterEach
	void stop() {
		this.sandbox.close();
	}

	private String act(String action, Map<String, ?> fields) {
		return this.sandbox.people().act(this.person.id(), action, fields).orElse("");
	}

	private JsonNode sent(String appid) {
		return this.control.get("callbacks?limit=1&appid=" + appid).get(0).path("content");
	}

	@Test
	void aPictureThatSomebodySentCanBeFetched() throws WxErrorException {
		act("sendImage", Map.of());
		JsonNode message = sent(SERVICE);
		assertThat(message.path("MsgType").asString()).isEqualTo("image");
		File file = this.service.getMaterialService().mediaDownload(message.path("MediaId").asString());
		assertThat(file).isNotEmpty();
		assertThat(ControlClient.text(message.path("PicUrl").asString())).contains("PNG");
	}

	@Test
	void aVoiceAndAPlaceAreMessages() {
		act("sendVoice", Map.of());
		assertThat(sent(SERVICE).path("Format").asString()).isEqualTo("amr");
		act("sendLocation", Map.of("latitude", 36.9, "longitude", 120.5, "label", "月湖公园"));
		assertThat(sent(SERVICE).path("Location_X").asDouble()).isEqualTo(36.9);
		assertThat(sent(SERVICE).path("Label").asString()).isEqualTo("月湖公园");
		act("reportLocation", Map.of("latitude", 36.8));
		assertThat(sent(SERVICE).path("Event").asString()).isEqualTo("LOCATION");
		assertThat(sent(SERVICE).path("Latitude").asDouble()).isEqualTo(36.8);
	}

	@Test
	void aSnapshotPageShowsAVirtualVisitor() throws WxErrorException {
		WxOAuth2AccessToken token = this.service.getOAuth2Service().getAccessToken(act("snapshotVisit", Map.of()));
		assertThat(token.getSnapshotUser()).isEqualTo(1);
		assertThat(token.getOpenId()).isNotEqualTo(this.person.openids().get(SERVICE));
	}

	@Test
	void aNewPasswordEndsWebSessions() throws WxErrorException {
		WxOAuth2AccessToken token = this.service.getOAuth2Service()
			.getAccessToken(act("oauthConsent", Map.of("scope", "snsapi_userinfo")));
		act("passwordChange", Map.of());
		Wechat.refuses(42007, () -> this.service.getOAuth2Service().refreshAccessToken(token.getRefreshToken()));
	}

	@Test
	void anAnswerMayStandForEver() {
		act("popup", Map.of("results", Map.of(SampleTemplates.BIZ_STUDY, "reject"), "always", true));
		act("popup", Map.of("results", Map.of(SampleTemplates.BIZ_STUDY, "accept")));
		assertThat(sent(SERVICE).path("SubscribeMsgPopupEvent").path("List").path("SubscribeStatusString").asString())
			.isEqualTo("reject");
		act("changeSetting", Map.of("templateIds", new String[] { SampleTemplates.BIZ_STUDY }));
		act("popup", Map.of("results", Map.of(SampleTemplates.BIZ_STUDY, "accept")));
		assertThat(this.control.get("people/" + this.person.id() + "/grants").toString())
			.contains("\"" + SampleTemplates.BIZ_STUDY + "\":{\"count\":1");
	}

	@Test
	void theLastActionsAreRemembered() {
		act("follow", Map.of());
		act("wxLogin", Map.of());
		JsonNode actions = this.control.get("people/" + this.person.id() + "/actions");
		assertThat(actions.get(0).path("action").asString()).isEqualTo("follow");
		assertThat(actions.get(1).path("appid").asString()).isEqualTo(MINI);
	}

	@Test
	void aRevokedAuthorisationIsTold() {
		act("revokeAuthorization", Map.of("info", "13"));
		assertThat(sent(MINI).path("RevokeInfo").asString()).isEqualTo("13");
	}

	@Test
	void anEventOfWechatItselfIsSent() {
		this.control.call("POST", "apps/" + MINI + "/events",
				"{\"event\":\"weapp_audit_fail\",\"fields\":{\"Reason\":\"类目不符\",\"FailTime\":1488856591}}");
		assertThat(sent(MINI).path("Reason").asString()).isEqualTo("类目不符");
	}

	@Test
	void aPageSignedForTheJsSdkIsVerified() throws WxErrorException {
		WxJsapiSignature signature = this.service.createJsapiSignature("http://127.0.0.1/m/?a=1");
		assertThat(verified(signature, "http://127.0.0.1/m/?a=1#/pages/quiz")).isTrue();
		assertThat(verified(signature, "http://127.0.0.1/other/")).isFalse();
	}

	private boolean verified(WxJsapiSignature signature, String url) {
		return this.control
			.call("POST", "jsapi/verify",
					"{\"appid\":\"" + SERVICE + "\",\"url\":\"" + url + "\",\"noncestr\":\"" + signature.getNonceStr()
							+ "\",\"timestamp\":" + signature.getTimestamp() + ",\"signature\":\""
							+ signature.getSignature() + "\"}")
			.path("valid")
			.asBoolean();
	}

	@Test
	void theNetworkAndTheLimitsAreTold() throws WxErrorException {
		assertThat(this.service.netCheck("all", "DEFAULT")).isNotNull();
		String quota = this.service.post(this.sandbox.baseUrl() + "/cgi-bin/openapi/quota/get",
				"{\"cgi_path\":\"/cgi-bin/stable_token\"}");
		assertThat(quota).contains("\"daily_limit\":500000").contains("\"refresh_second\":60");
	}

}
