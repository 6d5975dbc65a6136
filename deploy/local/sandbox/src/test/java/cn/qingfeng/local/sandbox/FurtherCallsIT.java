package cn.qingfeng.local.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import cn.qingfeng.local.sandbox.world.Json;
import me.chanjar.weixin.common.bean.menu.WxMenu;
import me.chanjar.weixin.common.bean.menu.WxMenuButton;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.bean.kefu.WxMpKefuMessage;
import me.chanjar.weixin.mp.bean.tag.WxUserTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The calls around a push: tags, menu, answers, quotas, the address of the callbacks.
 */
class FurtherCallsIT {

	private static final String SERVICE = AppRegistration.SERVICE_APPID;

	private Sandbox sandbox;

	private WxMpService service;

	private PersonView person;

	@BeforeEach
	void start() {
		this.sandbox = Wechat.sandbox(3);
		this.service = WechatClients.service(this.sandbox);
		this.person = this.sandbox.people().add("王清", "13800000001");
		this.sandbox.people().act(this.person.id(), "follow", Map.of());
	}

	@AfterEach
	void stop() {
		this.sandbox.close();
	}

	private String openid() {
		return this.person.openids().get(SERVICE);
	}

	@Test
	void aTagCountsItsFollowers() throws WxErrorException {
		WxUserTag tag = this.service.getUserTagService().tagCreate("市纪委监委机关");
		this.service.getUserTagService().batchTagging(tag.getId(), new String[] { openid() });
		assertThat(this.service.getUserTagService().tagGet()).filteredOn((each) -> each.getId().equals(tag.getId()))
			.singleElement()
			.satisfies((each) -> assertThat(each.getCount()).isEqualTo(1));
		assertThat(this.service.getUserTagService().userTagList(openid())).containsExactly(tag.getId());
		Wechat.refuses(45157, () -> this.service.getUserTagService().tagCreate("市纪委监委机关"));
		Wechat.refuses(45058, () -> this.service.getUserTagService().tagDelete(2L));
	}

	@Test
	void aMenuIsKeptUntilItIsTakenAway() throws WxErrorException {
		assertThat(this.service.getMenuService().menuGet()).isNull();
		WxMenuButton button = new WxMenuButton();
		button.setType("view");
		button.setName("学习");
		button.setUrl("http://127.0.0.1/m/");
		WxMenu menu = new WxMenu();
		menu.setButtons(List.of(button));
		this.service.getMenuService().menuCreate(menu);
		assertThat(this.service.getMenuService().menuGet().getMenu().getButtons().getFirst().getName()).isEqualTo("学习");
		button.setName("这是一个太长太长的名字");
		Wechat.refuses(40018, () -> this.service.getMenuService().menuCreate(menu));
		this.service.getMenuService().menuDelete();
		assertThat(this.service.getMenuService().menuGet()).isNull();
	}

	@Test
	void fiveAnswersFollowAMessageWithinTwoDays() throws WxErrorException {
		this.sandbox.people().act(this.person.id(), "sendText", Map.of("text", "请问怎么签到？"));
		WxMpKefuMessage answer = WxMpKefuMessage.TEXT().toUser(openid()).content("在活动页输入签到码").build();
		for (int number = 0; number < 5; number++) {
			this.service.getKefuService().sendKefuMessage(answer);
		}
		Wechat.refuses(45047, () -> this.service.getKefuService().sendKefuMessage(answer));
		this.sandbox.clock().advance(Duration.ofHours(49));
		Wechat.refuses(45015, () -> this.service.getKefuService().sendKefuMessage(answer));
		assertThat(this.sandbox.people().messages(this.person.id())).hasSize(6);
	}

	@Test
	void theBlacklistHoldsWhomTheAccountDoesNotWant() throws WxErrorException {
		this.service.getBlackListService().pushToBlacklist(List.of(openid()));
		assertThat(this.service.getBlackListService().getBlacklist(null).getOpenidList()).containsExactly(openid());
		this.service.getBlackListService().pullFromBlacklist(List.of(openid()));
		assertThat(this.service.getBlackListService().getBlacklist(null).getTotal()).isZero();
	}

	@Test
	void aDaysShareRunsOutAndCanBeClearedTenTimesAMonth() throws WxErrorException {
		this.sandbox.apps().change(SERVICE, Json.object().set("quotas", Json.object().put("/cgi-bin/user/get", 1)));
		this.service.getUserService().userList(null);
		Wechat.refuses(45009, () -> this.service.getUserService().userList(null));
		for (int number = 0; number < 10; number++) {
			this.service.clearQuota(SERVICE);
		}
		this.service.getUserService().userList(null);
		Wechat.refuses(48006, () -> this.service.clearQuota(SERVICE));
		this.sandbox.clock().advance(Duration.ofDays(1));
		this.service.getUserService().userList(null);
	}

	@Test
	void theAddressOfTheCallbacksIsVerified() {
		ControlClient control = new ControlClient(this.sandbox);
		try (Backend backend = new Backend()) {
			this.sandbox.apps().callbackTo(SERVICE, backend.url());
			assertThat(verified(control).path("accepted").asBoolean()).isFalse();
			backend.answers((received) -> new Backend.Answer(200, received.query().get("echostr")));
			assertThat(verified(control).path("accepted").asBoolean()).isTrue();
		}
		assertThat(verified(control).path("status").asInt()).isZero();
	}

	private static JsonNode verified(ControlClient control) {
		return control.call("POST", "apps/" + SERVICE + "/verify-url", "");
	}

	@Test
	void somePeopleSeeAnotherMenu() throws WxErrorException {
		long tag = this.service.getUserTagService().tagCreate("志愿者").getId();
		String rule = "\"matchrule\":{\"tag_id\":\"" + tag + "\",\"client_platform_type\":\"2\"}";
		Wechat.refuses(65303, () -> menu("addconditional", buttons("志愿") + "," + rule));
		menu("create", buttons("学习"));
		Wechat.refuses(65304, () -> menu("addconditional", buttons("志愿") + ",\"matchrule\":{\"sex\":\"1\"}"));
		Wechat.refuses(45159, () -> menu("addconditional", buttons("志愿") + ",\"matchrule\":{\"tag_id\":\"999\"}"));
		Wechat.refuses(40018, () -> menu("addconditional", buttons("这是一个太长太长的名字") + "," + rule));
		String id = menu("addconditional", buttons("志愿") + "," + rule).path("menuid").asString();
		assertThat(matched()).isEqualTo("学习");
		this.service.getUserTagService().batchTagging(tag, new String[] { openid() });
		assertThat(matched()).isEqualTo("志愿");
		assertThat(phoneMenu()).isEqualTo("志愿");
		JsonNode all = Json.MAPPER.readTree(this.service.get(this.sandbox.baseUrl() + "/cgi-bin/menu/get", ""));
		assertThat(all.path("conditionalmenu").get(0).path("matchrule").path("tag_id").asString())
			.isEqualTo(Long.toString(tag));
		JsonNode current = Json.MAPPER
			.readTree(this.service.get(this.sandbox.baseUrl() + "/cgi-bin/get_current_selfmenu_info", ""));
		assertThat(current.path("selfmenu_info").path("button").get(0).path("name").asString()).isEqualTo("学习");
		Wechat.refuses(65301, () -> menu("delconditional", "\"menuid\":\"1\""));
		menu("delconditional", "\"menuid\":\"" + id + "\"");
		assertThat(matched()).isEqualTo("学习");
	}

	private static String buttons(String name) {
		return "\"button\":[{\"type\":\"click\",\"name\":\"" + name + "\",\"key\":\"K\"}]";
	}

	private JsonNode menu(String what, String fields) throws WxErrorException {
		return Json.MAPPER
			.readTree(this.service.post(this.sandbox.baseUrl() + "/cgi-bin/menu/" + what, "{" + fields + "}"));
	}

	private String matched() throws WxErrorException {
		return menu("trymatch", "\"user_id\":\"" + openid() + "\"").path("button").get(0).path("name").asString();
	}

	private String phoneMenu() {
		return new ControlClient(this.sandbox).get("menu/" + SERVICE + "?person=" + this.person.id())
			.path("button")
			.get(0)
			.path("name")
			.asString();
	}

}
