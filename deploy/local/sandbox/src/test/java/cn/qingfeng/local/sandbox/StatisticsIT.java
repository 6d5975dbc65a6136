package cn.qingfeng.local.sandbox;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import java.util.Map;

import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.SandboxClock;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.bean.WxMpMassTagMessage;
import me.chanjar.weixin.mp.bean.datacube.WxDataCubeUserSummary;
import me.chanjar.weixin.mp.bean.result.WxMpMassSendResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The figures that WeChat tells on the morning after.
 */
class StatisticsIT {

	private static final String SERVICE = AppRegistration.SERVICE_APPID;

	private static final LocalDate DAY = LocalDate.of(2026, 12, 1);

	private Sandbox sandbox;

	private WxMpService service;

	private PersonView person;

	@BeforeEach
	void start() {
		this.sandbox = Wechat.sandbox(300);
		this.service = WechatClients.service(this.sandbox);
		at(DAY, 10);
		this.person = this.sandbox.people().add("王清", "13800000001");
		this.sandbox.people().act(this.person.id(), "follow", Map.of("scene", "unit_7"));
	}

	@AfterEach
	void stop() {
		this.sandbox.close();
	}

	private void at(LocalDate day, int hour) {
		this.sandbox.clock().set(day.atTime(hour, 0).atZone(SandboxClock.CHINA).toInstant());
	}

	private static Date date(LocalDate day) {
		Instant start = day.atStartOfDay(ZoneId.systemDefault()).toInstant();
		return Date.from(start);
	}

	private JsonNode figures(String name, LocalDate begin, LocalDate end) throws WxErrorException {
		return Json.MAPPER.readTree(this.service.post(this.sandbox.baseUrl() + "/datacube/" + name,
				"{\"begin_date\":\"" + begin + "\",\"end_date\":\"" + end + "\"}"));
	}

	@Test
	void followersAreCountedBySourceFromEightOnTheNextMorning() throws WxErrorException {
		at(DAY.plusDays(1), 7);
		Wechat.refuses(61503, () -> this.service.getDataCubeService().getUserSummary(date(DAY), date(DAY)));
		at(DAY.plusDays(1), 8);
		WxDataCubeUserSummary summary = this.service.getDataCubeService()
			.getUserSummary(date(DAY), date(DAY))
			.getFirst();
		assertThat(summary.getUserSource()).isEqualTo(30);
		assertThat(summary.getNewUser()).isEqualTo(1);
		int then = this.service.getDataCubeService().getUserCumulate(date(DAY), date(DAY)).getFirst().getCumulateUser();
		assertThat(then).isEqualTo((int) this.service.getUserService().userList(null).getTotal());
		this.sandbox.people().act(this.person.id(), "unfollow", Map.of());
		assertThat(this.service.getDataCubeService().getUserCumulate(date(DAY), date(DAY)).getFirst().getCumulateUser())
			.isEqualTo(then);
	}

	@Test
	void aSpanThatIsTooLongOrNotOverIsRefused() {
		Wechat.refuses(61501, () -> figures("getusersummary", DAY.minusDays(8), DAY.minusDays(1)));
		Wechat.refuses(61501, () -> figures("getusersummary", DAY, DAY));
		Wechat.refuses(61501, () -> figures("getarticleread", DAY.minusDays(2), DAY.minusDays(1)));
		Wechat.refuses(61500, () -> this.service.post(this.sandbox.baseUrl() + "/datacube/getusersummary",
				"{\"begin_date\":\"20261201\",\"end_date\":\"20261201\"}"));
	}

	private String massMessage() throws Exception {
		WxMpMassTagMessage message = new WxMpMassTagMessage();
		message.setMsgType("mpnews");
		message.setMediaId(Wechat.draft(this.service, "十二月廉洁学习"));
		message.setSendAll(true);
		WxMpMassSendResult result = this.service.getMassMessageService().massGroupMessageSend(message);
		Wechat.await(() -> !this.sandbox.people().messages(this.person.id()).isEmpty());
		return result.getMsgDataId() + "_1";
	}

	@Test
	void theArticlesOfAMassMessageAreReadAndNamedByTheirId() throws Exception {
		this.sandbox.apps()
			.change(SERVICE, (JsonNode) Json.object().set("switches", Json.object().put("quietStatistics", true)));
		String id = massMessage();
		String url = this.sandbox.people().messages(this.person.id()).getFirst().url();
		this.sandbox.people().act(this.person.id(), "readArticle", Map.of("url", url, "share", true));
		this.sandbox.people().act(this.person.id(), "readArticle", Map.of("url", url));
		at(DAY.plusDays(1), 9);
		JsonNode read = figures("getarticleread", DAY, DAY).path("list").get(0);
		assertThat(read.path("msgid").asString()).isEqualTo(id);
		assertThat(read.path("detail").path("read_user").asInt()).as("once a day").isEqualTo(1);
		assertThat(figures("getarticleshare", DAY, DAY).path("list").get(0).path("detail").path("share_user").asInt())
			.isEqualTo(1);
		JsonNode total = figures("getarticletotaldetail", DAY, DAY);
		assertThat(total.path("is_delay").asBoolean(true)).isFalse();
		assertThat(total.path("list").get(0).path("publish_type").asInt(9)).isZero();
		assertThat(total.path("list").get(0).path("detail_list").get(0).path("stat_date").asString())
			.isEqualTo(DAY.toString());
		assertThat(figures("getbizsummary", DAY.minusDays(9), DAY).path("list").size()).isEqualTo(10);
	}

	@Test
	void aMassMessageFindsReadersOfItsOwn() throws Exception {
		massMessage();
		at(DAY.plusDays(3), 9);
		int first = figures("getbizsummary", DAY, DAY).path("list").get(0).path("detail").path("read_user").asInt();
		int second = figures("getbizsummary", DAY.plusDays(1), DAY.plusDays(1)).path("list")
			.get(0)
			.path("detail")
			.path("read_user")
			.asInt();
		assertThat(first).isGreaterThan(50).isGreaterThan(second);
		assertThat(this.service.getDataCubeService().getArticleSummary(date(DAY), date(DAY)).getFirst().getTitle())
			.isEqualTo("十二月廉洁学习");
	}

	@Test
	void figuresMayBeLate() throws WxErrorException {
		at(DAY.plusDays(1), 9);
		this.sandbox.apps()
			.change(SERVICE, (JsonNode) Json.object().set("switches", Json.object().put("statisticsDelayed", true)));
		JsonNode late = figures("getbizsummary", DAY, DAY);
		assertThat(late.path("is_delay").asBoolean()).isTrue();
		assertThat(late.path("list").size()).isZero();
	}

	@Test
	void messagesAndCallbacksAreCounted() throws Exception {
		try (Backend backend = new Backend()) {
			this.sandbox.apps().callbackTo(SERVICE, backend.url());
			this.sandbox.people().act(this.person.id(), "sendText", Map.of("text", "你好"));
			Wechat.await(() -> this.sandbox.pendingCallbacks() == 0);
		}
		at(DAY.plusDays(1), 9);
		assertThat(this.service.getDataCubeService().getUpstreamMsg(date(DAY), date(DAY)).getFirst().getMsgCount())
			.isEqualTo(1);
		assertThat(this.service.getDataCubeService()
			.getInterfaceSummary(date(DAY), date(DAY))
			.getFirst()
			.getCallbackCount()).isEqualTo(1);
	}

	@Test
	void messagesAreCountedByTheHourTheWeekAndTheWriter() throws Exception {
		write(1);
		at(DAY, 15);
		write(2);
		at(DAY.plusDays(1), 9);
		write(1);
		at(DAY.plusDays(7), 9);
		write(6);
		at(DAY.plusDays(9), 9);
		JsonNode hours = figures("getupstreammsghour", DAY, DAY).path("list");
		assertThat(hours.size()).isEqualTo(2);
		assertThat(hours.get(0).path("ref_hour").asInt()).isEqualTo(1000);
		assertThat(hours.get(1).path("ref_hour").asInt()).isEqualTo(1500);
		assertThat(hours.get(1).path("msg_count").asInt()).isEqualTo(2);
		JsonNode weeks = figures("getupstreammsgweek", DAY, DAY.plusDays(8)).path("list");
		assertThat(weeks.size()).isEqualTo(2);
		assertThat(weeks.get(0).path("ref_date").asString()).isEqualTo("2026-11-30");
		assertThat(weeks.get(0).path("msg_count").asInt()).isEqualTo(4);
		JsonNode months = figures("getupstreammsgmonth", DAY, DAY.plusDays(8)).path("list");
		assertThat(months.get(0).path("ref_date").asString()).isEqualTo("2026-12-01");
		assertThat(months.get(0).path("msg_count").asInt()).isEqualTo(10);
		assertThat(figures("getupstreammsgdist", DAY, DAY).path("list").get(0).path("count_interval").asInt())
			.isEqualTo(1);
		JsonNode much = figures("getupstreammsgdist", DAY.plusDays(7), DAY.plusDays(7)).path("list").get(0);
		assertThat(much.path("count_interval").asInt()).isEqualTo(2);
		assertThat(much.path("msg_user").asInt()).isEqualTo(1);
		assertThat(figures("getupstreammsgdistweek", DAY, DAY.plusDays(8)).path("list").size()).isEqualTo(2);
		assertThat(figures("getupstreammsgdistmonth", DAY, DAY.plusDays(8)).path("list").size()).isEqualTo(2);
		Wechat.refuses(61501, () -> figures("getupstreammsghour", DAY, DAY.plusDays(1)));
		Wechat.refuses(61501, () -> figures("getupstreammsgdist", DAY.minusDays(9), DAY.plusDays(8)));
	}

	@Test
	void theHoursOfADayAddUpToTheDay() throws Exception {
		massMessage();
		at(DAY.plusDays(1), 9);
		int day = figures("getarticlesummary", DAY, DAY).path("list").get(0).path("int_page_read_user").asInt();
		JsonNode hours = figures("getuserreadhour", DAY, DAY).path("list");
		assertThat(hours.valueStream().mapToInt((row) -> row.path("int_page_read_user").asInt()).sum()).isEqualTo(day);
		assertThat(figures("getusersharehour", DAY, DAY).path("list").size()).isPositive();
		JsonNode total = figures("getarticletotal", DAY, DAY).path("list").get(0).path("details").get(0);
		assertThat(total.path("stat_date").asString()).isEqualTo(DAY.toString());
		assertThat(total.path("int_page_read_user").asInt()).isEqualTo(day);
		assertThat(total.path("target_user").asInt()).isGreaterThanOrEqualTo(day);
	}

	@Test
	void callbacksAreCountedByTheHour() throws Exception {
		try (Backend backend = new Backend()) {
			this.sandbox.apps().callbackTo(SERVICE, backend.url());
			write(1);
			Wechat.await(() -> this.sandbox.pendingCallbacks() == 0);
		}
		at(DAY.plusDays(1), 9);
		JsonNode hours = figures("getinterfacesummaryhour", DAY, DAY).path("list");
		assertThat(hours.size()).isEqualTo(1);
		assertThat(hours.get(0).path("ref_hour").asInt()).isEqualTo(1000);
		assertThat(hours.get(0).path("callback_count").asInt()).isEqualTo(1);
	}

	private void write(int times) {
		for (int i = 0; i < times; i++) {
			this.sandbox.people().act(this.person.id(), "sendText", Map.of("text", "你好"));
		}
	}

}
