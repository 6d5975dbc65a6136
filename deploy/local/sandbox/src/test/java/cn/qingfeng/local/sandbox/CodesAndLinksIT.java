package cn.qingfeng.local.sandbox;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import javax.imageio.ImageIO;

import cn.binarywang.wx.miniapp.api.WxMaService;
import cn.binarywang.wx.miniapp.bean.scheme.WxMaGenerateSchemeRequest;
import cn.binarywang.wx.miniapp.bean.shortlink.GenerateShortLinkRequest;
import cn.binarywang.wx.miniapp.bean.urllink.GenerateUrlLinkRequest;
import cn.binarywang.wx.miniapp.bean.urllink.request.QueryUrlLinkRequest;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import cn.qingfeng.local.sandbox.world.Json;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.bean.result.WxMpQrCodeTicket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Codes that a scanner reads, and links that expire.
 */
class CodesAndLinksIT {

	private static final String SERVICE = AppRegistration.SERVICE_APPID;

	private static final String MINI = AppRegistration.MINI_APPID;

	private Sandbox sandbox;

	private WxMpService service;

	private WxMaService mini;

	@BeforeEach
	void start() {
		this.sandbox = Wechat.sandbox(1);
		this.service = WechatClients.service(this.sandbox);
		this.mini = WechatClients.mini(this.sandbox);
		this.sandbox.apps()
			.change(MINI, (JsonNode) Json.object()
				.set("pagesByEnv", Json.MAPPER.valueToTree(Map.of("release", new String[] { "pages/checkin/index" },
						"trial", new String[] { "pages/checkin/index", "pages/new/index" }))));
	}

	@AfterEach
	void stop() {
		this.sandbox.close();
	}

	private static String scanned(BufferedImage image) throws Exception {
		int width = image.getWidth();
		int height = image.getHeight();
		LuminanceSource source = new RGBLuminanceSource(width, height,
				image.getRGB(0, 0, width, height, null, 0, width));
		return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText();
	}

	private int status(String url) {
		return ControlClient.send(HttpRequest.newBuilder(URI.create(url)).build()).statusCode();
	}

	@Test
	void aCodeWithASceneIsARealPictureOfItsAddress() throws Exception {
		WxMpQrCodeTicket ticket = this.service.getQrcodeService().qrCodeCreateTmpTicket("unit_7", 600);
		assertThat(ticket.getExpireSeconds()).isEqualTo(600);
		File picture = this.service.getQrcodeService().qrCodePicture(ticket);
		assertThat(scanned(ImageIO.read(picture))).isEqualTo(ticket.getUrl());
	}

	@Test
	void scanningACodeFollowsWithItsScene() throws WxErrorException {
		String ticket = this.service.getQrcodeService().qrCodeCreateLastTicket("unit_7").getTicket();
		PersonView person = this.sandbox.people().add("王清", "13800000001");
		this.sandbox.people().act(person.id(), "scan", Map.of("ticket", ticket));
		assertThat(this.service.getUserService().userInfo(person.openids().get(SERVICE)).getQrSceneStr())
			.isEqualTo("unit_7");
		JsonNode event = new ControlClient(this.sandbox).get("callbacks?event=subscribe").get(0).path("content");
		assertThat(event.path("EventKey").asString()).isEqualTo("qrscene_unit_7");
		assertThat(event.path("Ticket").asString()).isEqualTo(ticket);
	}

	@Test
	void aCodeEndsWithItsTimeAndAPermanentOneStays() throws WxErrorException {
		WxMpQrCodeTicket passing = this.service.getQrcodeService().qrCodeCreateTmpTicket("unit_7", 2_592_000);
		WxMpQrCodeTicket lasting = this.service.getQrcodeService().qrCodeCreateLastTicket(7);
		this.sandbox.clock().advance(Duration.ofDays(31));
		assertThat(status(this.service.getQrcodeService().qrCodePictureUrl(passing.getTicket()))).isEqualTo(404);
		assertThat(status(this.service.getQrcodeService().qrCodePictureUrl(lasting.getTicket()))).isEqualTo(200);
		PersonView person = this.sandbox.people().add("王清", "13800000001");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.sandbox.people().act(person.id(), "scan", Map.of("ticket", passing.getTicket())));
	}

	@Test
	void aSceneOutsideItsLimitsIsRefused() {
		String url = this.service.getWxMpConfigStorage().getHostConfig().getApiHost() + "/cgi-bin/qrcode/create";
		Wechat.refuses(40052, () -> this.service.post(url, "{\"action_name\":\"QR\"}"));
		Wechat.refuses(40053,
				() -> this.service.post(url,
						"{\"action_name\":\"QR_STR_SCENE\",\"action_info\":{\"scene\":{\"scene_str\":\""
								+ "x".repeat(65) + "\"}}}"));
		Wechat.refuses(40053, () -> this.service.post(url,
				"{\"action_name\":\"QR_LIMIT_SCENE\",\"action_info\":{\"scene\":{\"scene_id\":100001}}}"));
		Wechat.refuses(40053, () -> this.service.post(url,
				"{\"expire_seconds\":2592001,\"action_name\":\"QR_SCENE\",\"action_info\":{\"scene\":{\"scene_id\":1}}}"));
		this.sandbox.apps()
			.change(SERVICE, (JsonNode) Json.object().set("quotas", Json.object().put("permanentCodes", 1)));
		Wechat.refuses(45029, () -> {
			this.service.getQrcodeService().qrCodeCreateLastTicket("one");
			this.service.getQrcodeService().qrCodeCreateLastTicket("two");
		});
	}

	private byte[] code(String scene, String page, String env) throws WxErrorException {
		return this.mini.getQrcodeService().createWxaCodeUnlimitBytes(scene, page, true, env, 430, false, null, false);
	}

	@Test
	void aMiniProgramCodeHoldsAppidPageAndScene() throws Exception {
		byte[] picture = code("e=7&u=3", "pages/checkin/index", "release");
		String text = URLDecoder.decode(scanned(ImageIO.read(new ByteArrayInputStream(picture))),
				StandardCharsets.UTF_8);
		assertThat(text).contains(MINI).contains("pages/checkin/index").contains("e=7&u=3");
		byte[] small = this.mini.getQrcodeService()
			.createWxaCodeBytes("pages/checkin/index?x=1", "release", 280, true, null, false);
		assertThat(ImageIO.read(new ByteArrayInputStream(small)).getWidth()).isEqualTo(280);
	}

	@Test
	void aMiniProgramCodeOfAPageThatIsNotOutYetIsRefused() throws WxErrorException {
		assertThat(code("e=7", "pages/new/index", "trial")).isNotEmpty();
		Wechat.refuses(41030, () -> code("e=7", "pages/new/index", "release"));
		Wechat.refuses(41030, () -> code("e=7", "/pages/checkin/index", "release"));
		Wechat.refuses(40169, () -> code("x".repeat(33), "pages/checkin/index", "release"));
		Wechat.refuses(40129, () -> code("活动", "pages/checkin/index", "release"));
		Wechat.refuses(40097, () -> this.mini.getQrcodeService()
			.createWxaCodeUnlimitBytes("e=7", "pages/checkin/index", true, "release", 1281, false, null, false));
		this.mini.getQrcodeService()
			.createWxaCodeUnlimitBytes("e=7", "pages/x", false, "release", 430, false, null, false);
	}

	@Test
	void codesAreLimitedByTheMinute() throws WxErrorException {
		this.sandbox.apps()
			.change(MINI,
					(JsonNode) Json.object().set("quotas", Json.object().put("/wxa/getwxacodeunlimit a minute", 1)));
		this.sandbox.clock().advance(Duration.ofSeconds(60 - this.sandbox.clock().seconds() % 60));
		code("e=1", "pages/checkin/index", "release");
		Wechat.refuses(45009, () -> code("e=2", "pages/checkin/index", "release"));
		this.sandbox.clock().advance(Duration.ofMinutes(1));
		code("e=3", "pages/checkin/index", "release");
	}

	private GenerateUrlLinkRequest.GenerateUrlLinkRequestBuilder link() {
		return GenerateUrlLinkRequest.builder().path("pages/checkin/index").query("event=7").envVersion("release");
	}

	@Test
	void aLinkOpensForOnePersonUntilItExpires() throws WxErrorException {
		String link = this.mini.getLinkService()
			.generateUrlLink(link().isExpire(true).expireType(1).expireInterval(7).build());
		PersonView first = this.sandbox.people().add("王清", "13800000001");
		PersonView second = this.sandbox.people().add("李明", "13800000002");
		this.sandbox.people().act(first.id(), "openMini", Map.of("link", link));
		assertThat(this.mini.getLinkService().queryUrlLink(new QueryUrlLinkRequest(link)).getVisitOpenid())
			.isEqualTo(first.openids().get(MINI));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.sandbox.people().act(second.id(), "openMini", Map.of("link", link)));
		this.sandbox.clock().advance(Duration.ofDays(8));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.sandbox.people().act(first.id(), "openMini", Map.of("link", link)));
	}

	@Test
	void aLinkBeyondItsLimitsIsRefused() {
		Wechat.refuses(85401, () -> this.mini.getLinkService()
			.generateUrlLink(link().isExpire(true).expireType(1).expireInterval(31).build()));
		Wechat.refuses(85401, () -> this.mini.getLinkService()
			.generateUrlLink(link().isExpire(true).expireType(0).expireTime(1L).build()));
		Wechat.refuses(40212,
				() -> this.mini.getLinkService().generateUrlLink(link().query("x".repeat(1_025)).build()));
		Wechat.refuses(40165, () -> this.mini.getLinkService().generateUrlLink(link().path("pages/none").build()));
		Wechat.refuses(40097, () -> this.mini.getLinkService().generateUrlLink(link().envVersion("beta").build()));
		this.sandbox.apps()
			.change(MINI, (JsonNode) Json.object().set("quotas", Json.object().put("/wxa/generate_urllink", 0)));
		Wechat.refuses(45009, () -> this.mini.getLinkService().generateUrlLink(link().build()));
	}

	@Test
	void schemesAndShortLinksAreMade() throws WxErrorException {
		WxMaGenerateSchemeRequest request = WxMaGenerateSchemeRequest.newBuilder()
			.jumpWxa(WxMaGenerateSchemeRequest.JumpWxa.newBuilder()
				.path("/pages/checkin/index")
				.query("event=7")
				.envVersion("release")
				.build())
			.isExpire(true)
			.expireType(1)
			.expireInterval(30)
			.build();
		String scheme = this.mini.getWxMaSchemeService().generate(request);
		assertThat(scheme).startsWith("weixin://dl/business/?t=");
		String url = this.sandbox.baseUrl() + "/wxa/queryscheme";
		assertThat(this.mini.post(url, "{\"scheme\":\"" + scheme + "\"}")).contains("event=7");
		assertThat(this.mini.post(url, "{\"scheme\":\"x\",\"query_type\":1}")).contains("remain_visit_quota");
		assertThat(this.mini.getLinkService()
			.generateShortLink(GenerateShortLinkRequest.builder()
				.pageUrl("pages/checkin/index")
				.pageTitle("活动")
				.isPermanent(false)
				.build()))
			.startsWith("#小程序://活动/");
	}

	@Test
	void aShortKeyStandsForALongTextForAWhile() throws WxErrorException {
		String key = this.service.genShorten("event=7&unit=3", 3_600);
		assertThat(key).hasSize(15);
		assertThat(this.service.fetchShorten(key).getLongData()).isEqualTo("event=7&unit=3");
		this.sandbox.clock().advance(Duration.ofHours(2));
		Wechat.refuses(9410011, () -> this.service.fetchShorten(key));
		Wechat.refuses(9410010, () -> this.service.genShorten("x".repeat(4_097), 3_600));
		Wechat.refuses(9410012, () -> this.service.genShorten("x", 2_592_001));
	}

}
