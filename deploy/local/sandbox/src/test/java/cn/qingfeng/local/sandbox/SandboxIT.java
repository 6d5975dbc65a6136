package cn.qingfeng.local.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import cn.binarywang.wx.miniapp.api.WxMaService;
import cn.binarywang.wx.miniapp.bean.WxMaJscode2SessionResult;
import cn.binarywang.wx.miniapp.bean.WxMaSubscribeMessage;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.message.SampleTemplates;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import cn.qingfeng.local.sandbox.registry.PhoneMessage;
import cn.qingfeng.local.sandbox.world.Json;
import me.chanjar.weixin.common.bean.oauth2.WxOAuth2AccessToken;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.bean.WxMpMassTagMessage;
import me.chanjar.weixin.mp.bean.result.WxMpMassSendResult;
import me.chanjar.weixin.mp.bean.result.WxMpUserList;
import me.chanjar.weixin.mp.bean.template.WxMpTemplateData;
import me.chanjar.weixin.mp.bean.template.WxMpTemplateMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The real client library, which cannot tell this from WeChat.
 */
class SandboxIT {

	private static final String SERVICE = AppRegistration.SERVICE_APPID;

	private static final String MINI = AppRegistration.MINI_APPID;

	private Sandbox sandbox;

	private WxMpService service;

	private WxMaService mini;

	@BeforeEach
	void start() {
		this.sandbox = Wechat.sandbox(20);
		this.service = WechatClients.service(this.sandbox);
		this.mini = WechatClients.mini(this.sandbox);
	}

	@AfterEach
	void stop() {
		this.sandbox.close();
	}

	private PersonView follower() {
		PersonView person = this.sandbox.people().add("王清", "13800000001");
		this.sandbox.people().act(person.id(), "follow", Map.of());
		return person;
	}

	@Test
	void aStableTokenStaysTheSameUntilItIsOld() throws WxErrorException {
		String first = this.service.getAccessToken();
		assertThat(WechatClients.service(this.sandbox).getAccessToken()).isEqualTo(first);
		this.sandbox.clock().advance(Duration.ofMinutes(116));
		assertThat(WechatClients.service(this.sandbox).getAccessToken()).isNotEqualTo(first);
		this.sandbox.clock().advance(Duration.ofMinutes(1));
		this.service.getUserService().userList(null);
		assertThat(this.service.getAccessToken()).as("still good while both overlap").isEqualTo(first);
	}

	@Test
	void aPlainTokenOfAnotherNodeEndsTheFirstAfterFiveMinutes() throws WxErrorException {
		WxMpService node = WechatClients.service(this.sandbox, false);
		String first = node.getAccessToken();
		WechatClients.service(this.sandbox, false).getAccessToken();
		node.getUserService().userList(null);
		assertThat(node.getAccessToken()).isEqualTo(first);
		this.sandbox.clock().advance(Duration.ofMinutes(6));
		long before = this.sandbox.calls("/cgi-bin/token");
		node.getUserService().userList(null);
		assertThat(node.getAccessToken()).isNotEqualTo(first);
		assertThat(this.sandbox.calls("/cgi-bin/token") - before).isEqualTo(1);
	}

	@Test
	void aWrongSecretIsRefusedWithARequestId() {
		this.sandbox.apps().change(SERVICE, Json.object().put("secret", "f".repeat(32)));
		assertThatExceptionOfType(WxErrorException.class).isThrownBy(() -> this.service.getAccessToken(true))
			.satisfies((ex) -> assertThat(ex.getError().getJson()).contains("40125")
				.containsPattern("rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}"));
	}

	@Test
	void aMiniProgramLoginGivesTheSamePersonAsTheServiceAccount() throws WxErrorException {
		PersonView person = this.sandbox.people().add("李明", "13800000002");
		String code = this.sandbox.people().wxLogin(person.id());
		WxMaJscode2SessionResult session = this.mini.getUserService().getSessionInfo(code);
		assertThat(session.getOpenid()).isEqualTo(person.openids().get(MINI)).matches("o[A-Za-z0-9_-]{27}");
		assertThat(session.getUnionid()).isEqualTo(person.unionid());
		assertThat(person.openids().get(SERVICE)).isNotEqualTo(session.getOpenid());
		Wechat.refuses(40029, () -> this.mini.getUserService().getSessionInfo(code));
	}

	@Test
	void aPhoneCodeTellsTheNumberOnce() throws WxErrorException {
		PersonView person = this.sandbox.people().add("李明", "13800000002");
		String code = this.sandbox.people().phoneCode(person.id());
		assertThat(this.mini.getUserService().getPhoneNumber(code).getPurePhoneNumber()).isEqualTo("13800000002");
		Wechat.refuses(40029, () -> this.mini.getUserService().getPhoneNumber(code));
	}

	@Test
	void aClockJumpEndsCodes() {
		PersonView person = this.sandbox.people().add("李明", "13800000002");
		String login = this.sandbox.people().wxLogin(person.id());
		String web = this.sandbox.people().act(person.id(), "oauthConsent", Map.of()).orElseThrow();
		this.sandbox.clock().advance(Duration.ofMinutes(6));
		Wechat.refuses(40029, () -> this.mini.getUserService().getSessionInfo(login));
		Wechat.refuses(42003, () -> this.service.getOAuth2Service().getAccessToken(web));
	}

	@Test
	void aWebLoginTellsTheOpenidAndWithConsentTheUnionid() throws WxErrorException {
		PersonView person = follower();
		String code = this.sandbox.people()
			.act(person.id(), "oauthConsent", Map.of("scope", "snsapi_userinfo"))
			.orElseThrow();
		WxOAuth2AccessToken token = this.service.getOAuth2Service().getAccessToken(code);
		assertThat(token.getOpenId()).isEqualTo(person.openids().get(SERVICE));
		assertThat(token.getUnionId()).isEqualTo(person.unionid());
		assertThat(this.service.getOAuth2Service().validateAccessToken(token)).isTrue();
		assertThat(this.service.getOAuth2Service().getUserInfo(token, "zh_CN").getNickname()).isEqualTo("王清");
		Wechat.refuses(40163, () -> this.service.getOAuth2Service().getAccessToken(code));
	}

	@Test
	void followersAreListedAndAnUnfollowedOneIsNot() throws WxErrorException {
		PersonView person = follower();
		WxMpUserList list = this.service.getUserService().userList(null);
		assertThat(list.getOpenids()).contains(person.openids().get(SERVICE)).hasSize((int) list.getTotal());
		this.sandbox.people().act(person.id(), "unfollow", Map.of());
		assertThat(this.service.getUserService().userList(null).getTotal()).isEqualTo(list.getTotal() - 1);
		assertThat(this.service.getUserService().userInfo(person.openids().get(SERVICE)).getSubscribe()).isFalse();
	}

	@Test
	void aMassMessageReachesEveryFollowerAndIsReported() throws Exception {
		PersonView person = follower();
		PersonView refusing = this.sandbox.people().add("赵静", "13800000003");
		this.sandbox.people().act(refusing.id(), "follow", Map.of());
		this.sandbox.people().act(refusing.id(), "block", Map.of());
		WxMpMassSendResult result = this.service.getMassMessageService().massGroupMessageSend(issue("2026-11"));
		Wechat.await(() -> !this.sandbox.people().messages(person.id()).isEmpty());
		PhoneMessage message = this.sandbox.people().messages(person.id()).getFirst();
		assertThat(message.articles().getFirst().title()).isEqualTo("十一月廉洁学习");
		assertThat(this.sandbox.people().messages(refusing.id())).isEmpty();
		Wechat.await(() -> statusOf(result).equals("SEND_SUCCESS"));
	}

	private String statusOf(WxMpMassSendResult sent) {
		try {
			return this.service.getMassMessageService().messageMassGet(Long.valueOf(sent.getMsgId())).getMsgstatus();
		}
		catch (WxErrorException ex) {
			throw new AssertionError(ex);
		}
	}

	private WxMpMassTagMessage issue(String clientId) throws Exception {
		WxMpMassTagMessage message = new WxMpMassTagMessage();
		message.setMsgType("mpnews");
		message.setMediaId(Wechat.draft(this.service, "十一月廉洁学习"));
		message.setSendAll(true);
		message.setClientMsgId(clientId);
		return message;
	}

	@Test
	void theSameMassMessageIsNotSentTwice() throws Exception {
		WxMpMassTagMessage message = issue("2026-12");
		String first = this.service.getMassMessageService().massGroupMessageSend(message).getMsgId();
		Wechat.refuses(45066, () -> this.service.getMassMessageService().massGroupMessageSend(message));
		this.sandbox.clock().advance(Duration.ofMinutes(2));
		assertThatExceptionOfType(WxErrorException.class)
			.isThrownBy(() -> this.service.getMassMessageService().massGroupMessageSend(message))
			.satisfies((ex) -> assertThat(ex.getError().getJson()).contains("45065").contains(first));
	}

	@Test
	void aFollowerGetsFourMassMessagesAMonth() throws Exception {
		PersonView person = follower();
		for (int number = 1; number <= 5; number++) {
			this.service.getMassMessageService().massGroupMessageSend(issue("month-" + number));
			this.sandbox.clock().advance(Duration.ofSeconds(5));
		}
		assertThat(this.sandbox.people().messages(person.id())).hasSize(4);
		this.sandbox.clock().advance(Duration.ofDays(31));
		this.service.getMassMessageService().massGroupMessageSend(issue("next-month"));
		this.sandbox.clock().advance(Duration.ofSeconds(5));
		assertThat(this.sandbox.people().messages(person.id())).hasSize(5);
	}

	@Test
	void anArticleIsPublishedAndOpens() throws Exception {
		String publishId = this.service.getFreePublishService()
			.submit(Wechat.draft(this.service, "家风故事"))
			.replace("\"", "");
		this.sandbox.clock().advance(Duration.ofSeconds(5));
		String url = this.service.getFreePublishService()
			.getPushStatus(publishId)
			.getArticle_detail()
			.getItem()
			.getFirst()
			.getArticle_url();
		String page = ControlClient.text(url);
		assertThat(page).contains("家风故事").contains("阅读原文").doesNotContain("alert(1)").doesNotContain("elsewhere");
	}

	@Test
	void anEditorLooksAtADraft() throws Exception {
		String draft = Wechat.draft(this.service, "家风故事");
		String url = this.service.getDraftService().getDraft(draft).getNewsItem().getFirst().getUrl();
		assertThat(ControlClient.text(url)).contains("家风故事");
		assertThat(ControlClient.text(url.substring(0, url.length() - 1) + "7")).contains("链接已失效");
	}

	private WxMpTemplateMessage reminder(PersonView person) {
		return WxMpTemplateMessage.builder()
			.toUser(person.openids().get(SERVICE))
			.templateId(SampleTemplates.REMINDER)
			.url("http://127.0.0.1/m/")
			.clientMsgId("letter-1")
			.data(List.of(new WxMpTemplateData("thing1", "中秋廉洁提醒"), new WxMpTemplateData("time2", "2026-09-25 09:00"),
					new WxMpTemplateData("thing3", "清廉过节")))
			.build();
	}

	@Test
	void aTemplateMessageArrivesOnceForOneClientId() throws WxErrorException {
		PersonView person = follower();
		String first = this.service.getTemplateMsgService().sendTemplateMsg(reminder(person));
		assertThat(this.service.getTemplateMsgService().sendTemplateMsg(reminder(person))).isEqualTo(first);
		assertThat(this.sandbox.people().messages(person.id())).singleElement()
			.satisfies((message) -> assertThat(message.fields().getFirst().value()).isEqualTo("中秋廉洁提醒"));
	}

	@Test
	void aTemplateMessageToNobodyIsRefused() {
		PersonView person = follower();
		WxMpTemplateMessage wrong = reminder(person);
		wrong.setData(List.of(new WxMpTemplateData("thing1", "x")));
		Wechat.refuses(47003, () -> this.service.getTemplateMsgService().sendTemplateMsg(wrong));
		this.sandbox.people().act(person.id(), "unfollow", Map.of());
		Wechat.refuses(43004, () -> this.service.getTemplateMsgService().sendTemplateMsg(reminder(person)));
	}

	@Test
	void twoConsentsAllowTwoMessages() throws WxErrorException {
		PersonView person = follower();
		for (int accepted = 0; accepted < 2; accepted++) {
			this.sandbox.people()
				.act(person.id(), "popup",
						Map.of("appid", MINI, "results", Map.of(SampleTemplates.MINI_QUIZ, "accept")));
		}
		WxMaSubscribeMessage message = WxMaSubscribeMessage.builder()
			.toUser(person.openids().get(MINI))
			.templateId(SampleTemplates.MINI_QUIZ)
			.page("pages/quiz/index")
			.miniprogramState("formal")
			.lang("zh_CN")
			.data(List.of(new WxMaSubscribeMessage.MsgData("thing1", "十一月测试"),
					new WxMaSubscribeMessage.MsgData("time2", "2026-11-30 18:00")))
			.build();
		this.mini.getSubscribeService().sendSubscribeMsg(message);
		this.mini.getSubscribeService().sendSubscribeMsg(message);
		Wechat.refuses(43101, () -> this.mini.getSubscribeService().sendSubscribeMsg(message));
	}

	@Test
	void aCallOutsideTheAccountsRightsIsRefused() throws WxErrorException {
		this.service.getUserService().userList(null);
		this.sandbox.apps().change(SERVICE, Json.object().put("certified", false));
		Wechat.refuses(48001, () -> this.service.getUserService().userList(null));
	}

	@Test
	void aTimeoutAfterTheEffectLeavesExactlyOneMessage() throws WxErrorException {
		PersonView person = follower();
		this.service.getAccessToken();
		this.sandbox.fault(Json.object()
			.put("path", "/cgi-bin/message/template/send")
			.put("kind", "timeoutAfterEffect")
			.put("value", 100)
			.put("next", 1));
		Wechat.refuses(-99, () -> this.service.getTemplateMsgService().sendTemplateMsg(reminder(person)));
		this.service.getTemplateMsgService().sendTemplateMsg(reminder(person));
		assertThat(this.sandbox.people().messages(person.id())).hasSize(1);
	}

}
