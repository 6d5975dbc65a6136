package cn.qingfeng.local.sandbox;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import cn.qingfeng.local.sandbox.world.Json;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.mp.api.WxMpService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What WeChat refuses, each with its own number.
 */
class RefusalsIT {

	private static final String SERVICE = AppRegistration.SERVICE_APPID;

	private Sandbox sandbox;

	private WxMpService service;

	@BeforeEach
	void start() {
		this.sandbox = Wechat.sandbox(3);
		this.service = WechatClients.service(this.sandbox);
	}

	@AfterEach
	void stop() {
		this.sandbox.close();
	}

	private PersonView follower(String phone) {
		PersonView person = this.sandbox.people().add("王清", phone);
		this.sandbox.people().act(person.id(), "follow", Map.of());
		return person;
	}

	private static String openid(PersonView person) {
		return person.openids().get(SERVICE);
	}

	private JsonNode post(String path, String body) throws WxErrorException {
		return Json.MAPPER.readTree(this.service.post(this.sandbox.baseUrl() + path, body));
	}

	@Test
	void aForeignFrameIsNoContent() throws Exception {
		String article = "{\"articles\":[{\"title\":\"标题\",\"content\":\"<p>x</p><iframe src='/'></iframe>\",\"thumb_media_id\":\""
				+ Wechat.cover(this.service) + "\"}]}";
		Wechat.refuses(45166, () -> post("/cgi-bin/draft/add", article));
	}

	@ParameterizedTest
	@ValueSource(ints = { 53503, 53504, 53505 })
	void aDraftMayFailTheCheckBeforeItIsPublished(int code) throws Exception {
		String draft = Wechat.draft(this.service, "家风故事");
		this.sandbox.apps().change(SERVICE, Json.tree(Map.of("outcomes", Map.of("submit", Integer.toString(code)))));
		Wechat.refuses(code, () -> this.service.getFreePublishService().submit(draft));
		this.sandbox.apps().change(SERVICE, Json.tree(Map.of("outcomes", Map.of("submit", ""))));
		assertThat(this.service.getFreePublishService().submit(draft)).isNotEmpty();
	}

	@Test
	void aFileThatIsTooLargeIsRefusedByItsKind() {
		byte[] large = new byte[11 << 20];
		Wechat.refuses(45001,
				() -> this.service.getMaterialService().mediaUpload("video", "mp4", new ByteArrayInputStream(large)));
		Wechat.refuses(40009,
				() -> this.service.getMaterialService().mediaUpload("image", "png", new ByteArrayInputStream(large)));
	}

	@Test
	void whoCarriesTwentyTagsIsNamedAndTheOthersAreTagged() throws WxErrorException {
		PersonView full = follower("13800000001");
		PersonView other = follower("13800000002");
		for (int i = 0; i < 20; i++) {
			long id = this.service.getUserTagService().tagCreate("标签" + i).getId();
			this.service.getUserTagService().batchTagging(id, new String[] { openid(full) });
		}
		long last = this.service.getUserTagService().tagCreate("第二十一").getId();
		Wechat.refuses(45059, () -> this.service.getUserTagService().batchTagging(last, new String[] { openid(full) }));
		String both = Json.tree(Map.of("tagid", last, "openid_list", List.of(openid(full), openid(other)))).toString();
		assertThatExceptionOfType(WxErrorException.class)
			.isThrownBy(() -> post("/cgi-bin/tags/members/batchtagging", both))
			.satisfies((ex) -> assertThat(ex.getError().getJson()).contains("45171")
				.contains(openid(full))
				.doesNotContain(openid(other)));
		assertThat(this.service.getUserTagService().userTagList(openid(other))).containsExactly(last);
	}

	@Test
	void whoDoesNotFollowHasNoRemark() {
		PersonView person = this.sandbox.people().add("王清", "13800000001");
		Wechat.refuses(46004, () -> this.service.getUserService().userUpdateRemark(openid(person), "老王"));
	}

	@Test
	void anAddressThatIsTooLongIsRefusedByItsPlace() {
		String url = "https://h5.example.cn/" + "x".repeat(1_024);
		String top = "{\"button\":[{\"type\":\"view\",\"name\":\"学习\",\"url\":\"" + url + "\"}]}";
		String below = "{\"button\":[{\"name\":\"学习\",\"sub_button\":[{\"type\":\"view\",\"name\":\"学习\",\"url\":\""
				+ url + "\"}]}]}";
		Wechat.refuses(40020, () -> post("/cgi-bin/menu/create", top));
		Wechat.refuses(40027, () -> post("/cgi-bin/menu/create", below));
	}

	@Test
	void aTraceIsToldForAWeekAndOnlyToItsAccount() throws WxErrorException {
		Wechat.refuses(76001, () -> post("/cgi-bin/openapi/rid/get", "{\"rid\":\"00000000-00000000-00000000\"}"));
		this.service.getUserService().userList(null);
		String rid = new ControlClient(this.sandbox).get("journal?path=/cgi-bin/user/get")
			.get(0)
			.path("rid")
			.asString();
		String body = "{\"rid\":\"" + rid + "\"}";
		assertThat(post("/cgi-bin/openapi/rid/get", body).path("request").path("request_url").asString())
			.isEqualTo("/cgi-bin/user/get");
		this.sandbox.clock().advance(Duration.ofDays(8));
		Wechat.refuses(76004, () -> post("/cgi-bin/openapi/rid/get", body));
		Wechat.refuses(76022, () -> post("/cgi-bin/openapi/quota/get", "{\"cgi_path\":\"/wxa/msg_sec_check\"}"));
	}

}
