package cn.qingfeng.local.sandbox;

import java.io.File;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Map;

import cn.binarywang.wx.miniapp.api.WxMaService;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.message.SampleTemplates;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.SandboxClock;
import me.chanjar.weixin.common.api.WxConsts;
import me.chanjar.weixin.common.bean.oauth2.WxOAuth2AccessToken;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.bean.WxMpMassOpenIdsMessage;
import me.chanjar.weixin.mp.bean.draft.WxMpDraftArticles;
import me.chanjar.weixin.mp.bean.draft.WxMpUpdateDraft;
import me.chanjar.weixin.mp.bean.freepublish.WxMpFreePublishStatus;
import me.chanjar.weixin.mp.bean.subscribe.WxMpSubscribeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the client library offers besides what the other tests call.
 */
class ClientLibraryIT {

	private static final String SERVICE = AppRegistration.SERVICE_APPID;

	private Sandbox sandbox;

	private WxMpService service;

	private WxMaService mini;

	private PersonView person;

	@BeforeEach
	void start() {
		this.sandbox = Wechat.sandbox(3);
		this.service = WechatClients.service(this.sandbox);
		this.mini = WechatClients.mini(this.sandbox);
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
	void aWebSessionIsRefreshed() throws WxErrorException {
		String url = this.service.getOAuth2Service()
			.buildAuthorizationUrl("http://127.0.0.1/back", "snsapi_base", "state");
		assertThat(url).startsWith(this.sandbox.baseUrl() + "/connect/oauth2/authorize?");
		String code = this.sandbox.people().act(this.person.id(), "oauthConsent", Map.of()).orElseThrow();
		WxOAuth2AccessToken token = this.service.getOAuth2Service().getAccessToken(code);
		this.sandbox.clock().advance(Duration.ofHours(3));
		assertThat(this.service.getOAuth2Service().validateAccessToken(token)).isFalse();
		WxOAuth2AccessToken fresh = this.service.getOAuth2Service().refreshAccessToken(token.getRefreshToken());
		assertThat(this.service.getOAuth2Service().validateAccessToken(fresh)).isTrue();
	}

	@Test
	void aSubscriptionNoticeIsSentOncePerConsent() throws WxErrorException {
		this.sandbox.people()
			.act(this.person.id(), "popup", Map.of("results", Map.of(SampleTemplates.BIZ_STUDY, "accept")));
		WxMpSubscribeMessage message = WxMpSubscribeMessage.builder()
			.toUser(openid())
			.templateId(SampleTemplates.BIZ_STUDY)
			.dataMap(Map.of("thing1", "十一月专刊", "time2", "2026-11-30 18:00"))
			.build();
		this.sandbox.apps().change(SERVICE, switches("bizsendTellsMsgid"));
		assertThat(this.service.getSubscribeMsgService().send(message)).isNotEmpty();
		Wechat.refuses(43101, () -> this.service.getSubscribeMsgService().send(message));
	}

	private static JsonNode switches(String name) {
		return Json.tree(Map.of("switches", Map.of(name, true)));
	}

	@Test
	void aMassMessageGoesToAList() throws WxErrorException {
		WxMpMassOpenIdsMessage message = new WxMpMassOpenIdsMessage();
		message.setMsgType("text");
		message.setContent("请按时完成本月学习");
		message.addUser(openid());
		Wechat.refuses(40130, () -> this.service.getMassMessageService().massOpenIdsMessageSend(message));
		message.addUser(this.sandbox.people().add("测试员0", "13900000000").openids().get(SERVICE));
		assertThat(this.service.getMassMessageService().massOpenIdsMessageSend(message).getMsgId()).isNotEmpty();
		this.sandbox.clock().advance(Duration.ofMinutes(1));
		assertThat(this.sandbox.people().messages(this.person.id()).getFirst().text()).isEqualTo("请按时完成本月学习");
	}

	@Test
	void draftsAreCountedListedChangedAndDeleted() throws Exception {
		String draft = Wechat.draft(this.service, "家风故事");
		assertThat(this.service.getDraftService().countDraft()).isEqualTo(1);
		WxMpDraftArticles changed = this.service.getDraftService().getDraft(draft).getNewsItem().getFirst();
		changed.setTitle("家风故事二");
		this.service.getDraftService()
			.updateDraft(WxMpUpdateDraft.builder().mediaId(draft).index(0).articles(changed).build());
		assertThat(this.service.getDraftService().listDraft(0, 20, 1).getItems().getFirst().getContent().getNewsItem())
			.extracting(WxMpDraftArticles::getTitle)
			.containsExactly("家风故事二");
		assertThat(this.service.getDraftService().delDraft(draft)).isTrue();
		Wechat.refuses(40007, () -> this.service.getDraftService().getDraft(draft));
	}

	@Test
	void publicationsAreReadListedAndTakenBack() throws Exception {
		String id = this.service.getFreePublishService().submit(Wechat.draft(this.service, "家风故事")).replace("\"", "");
		this.sandbox.clock().advance(Duration.ofSeconds(5));
		WxMpFreePublishStatus status = this.service.getFreePublishService().getPushStatus(id);
		String article = status.getArticle_id();
		assertThat(this.service.getFreePublishService().getArticleFromId(article).getNewsItem()).hasSize(1);
		assertThat(this.service.getFreePublishService().getPublicationRecords(0, 20, 1).getTotalCount()).isEqualTo(1);
		assertThat(this.sandbox.people().messages(this.person.id())).as("nobody is told").isEmpty();
		assertThat(this.service.getFreePublishService().deletePushAllArticle(article)).isTrue();
		assertThat(ControlClient.text(status.getArticle_detail().getItem().getFirst().getArticle_url()))
			.contains("已被发布者删除");
	}

	@Test
	void picturesAreKeptForThreeDaysOrForEver() throws Exception {
		File picture = Wechat.picture();
		String passing = this.service.getMaterialService()
			.mediaUpload(WxConsts.MediaFileType.IMAGE, picture)
			.getMediaId();
		assertThat(this.service.getMaterialService().mediaDownload(passing)).hasSameBinaryContentAs(picture);
		assertThat(this.service.getMaterialService().mediaImgUpload(picture).getUrl()).contains("/mmbiz/");
		String lasting = Wechat.cover(this.service);
		assertThat(this.service.getMaterialService().materialCount().getImageCount()).isEqualTo(1);
		this.sandbox.clock().advance(Duration.ofDays(4));
		Wechat.refuses(40007, () -> this.service.getMaterialService().mediaDownload(passing));
		assertThat(this.service.getMaterialService().materialDelete(lasting)).isTrue();
		assertThat(this.service.getMaterialService().materialCount().getImageCount()).isZero();
	}

	@Test
	void followersAreAskedForTogetherAndRemarked() throws WxErrorException {
		this.service.getUserService().userUpdateRemark(openid(), "宣传部");
		assertThat(this.service.getUserService().userInfoList(List.of(openid())).getFirst().getRemark())
			.isEqualTo("宣传部");
		Wechat.refuses(40003, () -> this.service.getUserService().userUpdateRemark("nobody", "x"));
	}

	@Test
	void someoneIsSeenTyping() throws WxErrorException {
		this.sandbox.people().act(this.person.id(), "sendText", Map.of("text", "你好"));
		assertThat(this.service.getKefuService().sendKfTypingState(openid(), "Typing")).isTrue();
		Wechat.refuses(45072, () -> this.service.getKefuService().sendKfTypingState(openid(), "Sleeping"));
	}

	@Test
	void aMiniProgramAsksForItsQuotas() throws WxErrorException {
		assertThat(this.mini.getWxMaOpenApiService().getApiQuota("/wxa/generate_urllink"))
			.extracting("quota.dailyLimit")
			.hasToString("500000");
		assertThat(this.mini.getWxMaOpenApiService().clearQuota()).isTrue();
		assertThat(this.mini.getWxMaOpenApiService().clearQuotaByAppSecret()).isTrue();
		Wechat.refuses(76021, () -> this.mini.getWxMaOpenApiService().getApiQuota("/nothing"));
	}

	@Test
	void visitsOfTheMiniProgramAreCounted() throws WxErrorException {
		LocalDate day = LocalDate.of(2026, 12, 1);
		this.sandbox.clock().set(day.atTime(12, 0).atZone(SandboxClock.CHINA).toInstant());
		Date today = Date.from(day.atStartOfDay(ZoneId.systemDefault()).toInstant());
		this.sandbox.people().wxLogin(this.person.id());
		this.sandbox.people().wxLogin(this.person.id());
		Wechat.refuses(61501, () -> this.mini.getAnalysisService().getDailyVisitTrend(today, today));
		this.sandbox.clock().advance(Duration.ofDays(2));
		assertThat(this.mini.getAnalysisService().getDailySummaryTrend(today, today).getFirst().getVisitTotal())
			.isEqualTo(1);
	}

}
