package cn.qingfeng.local.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import cn.binarywang.wx.miniapp.api.WxMaService;
import cn.binarywang.wx.miniapp.bean.urllink.GenerateUrlLinkRequest;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.message.SampleTemplates;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import me.chanjar.weixin.common.api.WxConsts;
import me.chanjar.weixin.common.bean.oauth2.WxOAuth2AccessToken;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.bean.WxMpMassTagMessage;
import me.chanjar.weixin.mp.bean.template.WxMpTemplateData;
import me.chanjar.weixin.mp.bean.template.WxMpTemplateMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What the sandbox must be able to show before a backend is measured by it.
 */
class AcceptanceIT {

	private static final String SERVICE = AppRegistration.SERVICE_APPID;

	private static final int MEMBERS = 4_000;

	private Sandbox sandbox = Wechat.sandbox(3);

	private WxMpService service = WechatClients.service(this.sandbox);

	@AfterEach
	void stop() {
		this.sandbox.close();
	}

	private PersonView follower() {
		PersonView person = this.sandbox.people().add("王清", "13800000001");
		this.sandbox.people().act(person.id(), "follow", Map.of());
		return person;
	}

	private void fault(String fault) {
		new ControlClient(this.sandbox).call("POST", "faults", fault);
	}

	private static <T> List<T> together(int threads, Iterable<? extends Callable<T>> work) throws Exception {
		try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
			List<Future<T>> futures = new ArrayList<>();
			work.forEach((each) -> futures.add(executor.submit(each)));
			List<T> results = new ArrayList<>();
			for (Future<T> future : futures) {
				results.add(future.get());
			}
			return results;
		}
	}

	@Test
	void twentyFourThreadsOnAColdTokenAllSucceedWithFewTokenCalls() throws Exception {
		Callable<Long> call = () -> this.service.getUserService().userList(null).getTotal();
		List<Long> totals = together(24, Collections.nCopies(24, call));
		assertThat(totals).hasSize(24).containsOnly(totals.getFirst());
		assertThat(this.sandbox.calls("/cgi-bin/stable_token")).isBetween(1L, 24L);
	}

	@Test
	void aTimeoutAfterSendAllIsSettledByTheClientId() throws Exception {
		PersonView person = follower();
		WxMpMassTagMessage message = new WxMpMassTagMessage();
		message.setMsgType("mpnews");
		message.setMediaId(Wechat.draft(this.service, "十一月廉洁学习"));
		message.setSendAll(true);
		message.setClientMsgId("2026-11");
		fault("{\"path\":\"/cgi-bin/message/mass/sendall\",\"kind\":\"timeoutAfterEffect\",\"value\":50,\"next\":1}");
		Wechat.refuses(-99, () -> this.service.getMassMessageService().massGroupMessageSend(message));
		this.sandbox.clock().advance(Duration.ofMinutes(2));
		assertThatExceptionOfType(WxErrorException.class)
			.isThrownBy(() -> this.service.getMassMessageService().massGroupMessageSend(message))
			.satisfies((ex) -> assertThat(ex.getError().getJson()).contains("45065").contains("msg_id"));
		assertThat(this.sandbox.people().messages(person.id())).hasSize(1);
	}

	@Test
	void theHundredAndFirstPollOfAPublicationIsRefusedAndTheEventComesAllTheSame() throws Exception {
		new ControlClient(this.sandbox).call("PUT", "apps/" + SERVICE, "{\"delays\":{\"publish\":\"PT1H\"}}");
		String id = this.service.getFreePublishService().submit(Wechat.draft(this.service, "家风故事")).replace("\"", "");
		for (int poll = 0; poll < 100; poll++) {
			assertThat(this.service.getFreePublishService().getPushStatus(id).getPublish_status()).isEqualTo(1);
		}
		Wechat.refuses(45009, () -> this.service.getFreePublishService().getPushStatus(id));
		this.sandbox.clock().advance(Duration.ofHours(1));
		JsonNode event = new ControlClient(this.sandbox).get("callbacks?event=PUBLISHJOBFINISH").get(0).path("content");
		assertThat(event.path("PublishEventInfo").path("publish_status").asInt(9)).isZero();
	}

	@Test
	void everyOneOfFourThousandMembersIsReachedOnceOrDefinitelyNot() throws Exception {
		this.sandbox.close();
		this.sandbox = Sandbox
			.start(SandboxOptions.usual().roster(MEMBERS).following(1).timing(Timing.quick()).run("campaign"));
		this.service = WechatClients.service(this.sandbox);
		this.service.getAccessToken();
		String path = "\"path\":\"/cgi-bin/message/template/send\"";
		fault("{" + path + ",\"kind\":\"errcode\",\"value\":-1,\"probability\":0.02}");
		fault("{" + path + ",\"kind\":\"timeoutAfterEffect\",\"value\":5,\"probability\":0.005}");
		fault("{" + path + ",\"kind\":\"errcode\",\"value\":43004,\"probability\":0.01}");
		List<PersonView> members = this.sandbox.people().all();
		List<Callable<Boolean>> sends = members.stream()
			.map((member) -> (Callable<Boolean>) () -> reached(member))
			.toList();
		List<Boolean> reached = together(16, sends);
		assertThat(reached).filteredOn((each) -> !each).hasSizeBetween(5, 200);
		for (int index = 0; index < members.size(); index++) {
			int messages = this.sandbox.people().messages(members.get(index).id()).size();
			assertThat(messages).as("%s", members.get(index).name()).isLessThanOrEqualTo(1);
			assertThat(!reached.get(index) || messages == 1).isTrue();
		}
	}

	/** Tries until the answer is definite: accepted, or the member is gone. */
	private boolean reached(PersonView member) throws WxErrorException {
		for (int attempt = 1; attempt < 10; attempt++) {
			try {
				this.service.getTemplateMsgService().sendTemplateMsg(reminder(member));
				return true;
			}
			catch (WxErrorException ex) {
				int code = ex.getError().getErrorCode();
				if (code == 43004) {
					return false;
				}
				if (code != -1 && code != -99) {
					throw ex;
				}
			}
		}
		throw new IllegalStateException("no definite answer for " + member.name());
	}

	private static WxMpTemplateMessage reminder(PersonView member) {
		return WxMpTemplateMessage.builder()
			.toUser(member.openids().get(SERVICE))
			.templateId(SampleTemplates.REMINDER)
			.clientMsgId("letter-1")
			.data(List.of(new WxMpTemplateData("thing1", "中秋廉洁提醒"), new WxMpTemplateData("time2", "2026-09-25 09:00"),
					new WxMpTemplateData("thing3", "清廉过节")))
			.build();
	}

	@Test
	void aMonthLaterWhateverExpiresHasExpired() throws Exception {
		PersonView person = follower();
		WxMaService mini = WechatClients.mini(this.sandbox);
		String code = this.sandbox.people().act(person.id(), "oauthConsent", Map.of()).orElseThrow();
		WxOAuth2AccessToken session = this.service.getOAuth2Service().getAccessToken(code);
		String ticket = this.service.getQrcodeService().qrCodeCreateTmpTicket("unit_7", 2_592_000).getTicket();
		String link = mini.getLinkService().generateUrlLink(GenerateUrlLinkRequest.builder().path("").build());
		String media = this.service.getMaterialService()
			.mediaUpload(WxConsts.MediaFileType.IMAGE, Wechat.picture())
			.getMediaId();
		String key = this.service.genShorten("unit=7", 2_592_000);
		this.sandbox.clock().advance(Duration.ofDays(31));
		Wechat.refuses(42002, () -> this.service.getOAuth2Service().refreshAccessToken(session.getRefreshToken()));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.sandbox.people().act(person.id(), "scan", Map.of("ticket", ticket)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.sandbox.people().act(person.id(), "openMini", Map.of("link", link)));
		Wechat.refuses(40007, () -> this.service.getMaterialService().mediaDownload(media));
		Wechat.refuses(9410011, () -> this.service.fetchShorten(key));
		this.service.getUserService().userList(null);
	}

}
