package cn.qingfeng.wechat.gateway;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import cn.binarywang.wx.miniapp.bean.WxMaCodeLineColor;
import cn.qingfeng.wechat.FollowerCode;
import cn.qingfeng.wechat.PageTarget;
import cn.qingfeng.wechat.WechatProperties;
import me.chanjar.weixin.common.error.WxErrorException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Codes and links into both accounts, blocking.
 */
@Component
public class Links {

	private static final int EXPIRES_AFTER_DAYS = 1;

	private static final byte[] JPEG = { (byte) 0xFF, (byte) 0xD8 };

	private static final WxMaCodeLineColor BLACK = new WxMaCodeLineColor("0", "0", "0");

	private final Wire publicAccount;

	private final Wire miniProgram;

	private final MaService pictures;

	private final URI mpHost;

	Links(Wire publicAccountWire, Wire miniProgramWire, MaService miniProgramCalls, WechatProperties properties) {
		this.publicAccount = publicAccountWire;
		this.miniProgram = miniProgramWire;
		this.pictures = miniProgramCalls;
		this.mpHost = properties.mpHost();
	}

	public FollowerCode followerCode(String scene, @Nullable Duration life) throws WxErrorException {
		Action action = new Action(new Scene(scene));
		NewCode wanted = (life != null) ? new NewCode("QR_STR_SCENE", life.toSeconds(), action)
				: new NewCode("QR_LIMIT_STR_SCENE", null, action);
		Code code = this.publicAccount.post(Endpoint.QR_CODE, wanted, Code.class);
		return new FollowerCode(Values.present(code.url(), "url"), address(Values.present(code.ticket(), "ticket")),
				(code.expireSeconds() != null) ? Duration.ofSeconds(code.expireSeconds()) : null);
	}

	public byte[] pageCode(String scene, String page, int width) throws WxErrorException {
		return picture(this.pictures.getQrcodeService()
			.createWxaCodeUnlimitBytes(scene, page, true, "release", width, false, BLACK, false));
	}

	public String urlLink(PageTarget target, int days) throws WxErrorException {
		UrlLink wanted = new UrlLink(target.path(), target.query(), "release", true, EXPIRES_AFTER_DAYS, days);
		return Values.present(this.miniProgram.post(Endpoint.URL_LINK, wanted, Link.class).urlLink(), "url_link");
	}

	public String urlScheme(PageTarget target, int days) throws WxErrorException {
		Scheme wanted = new Scheme(new Jump(target.path(), target.query(), "release"), true, EXPIRES_AFTER_DAYS, days);
		return Values.present(this.miniProgram.post(Endpoint.URL_SCHEME, wanted, Link.class).openlink(), "openlink");
	}

	public String shortLink(PageTarget target, String title) throws WxErrorException {
		String page = target.query().isEmpty() ? target.path() : target.path() + '?' + target.query();
		return Values.present(
				this.miniProgram.post(Endpoint.SHORT_LINK, new ShortLink(page, title, false), Link.class).link(),
				"link");
	}

	/** WxJava takes whatever is not JSON for a picture, an error page too. */
	private static byte[] picture(byte[] answer) {
		if (answer.length < 2 || answer[0] != JPEG[0] || answer[1] != JPEG[1]) {
			throw new IllegalStateException("the answer is not a picture");
		}
		return answer;
	}

	private URI address(String ticket) {
		return this.mpHost.resolve("/cgi-bin/showqrcode?ticket=" + URLEncoder.encode(ticket, StandardCharsets.UTF_8));
	}

	private record NewCode(String actionName, @Nullable Long expireSeconds, Action actionInfo) {

	}

	private record Action(Scene scene) {

	}

	private record Scene(String sceneStr) {

	}

	private record Code(@Nullable String ticket, @Nullable Long expireSeconds, @Nullable String url) {

	}

	private record UrlLink(String path, String query, String envVersion, boolean isExpire, int expireType,
			int expireInterval) {

	}

	private record Scheme(Jump jumpWxa, boolean isExpire, int expireType, int expireInterval) {

	}

	private record Jump(String path, String query, String envVersion) {

	}

	private record ShortLink(String pageUrl, String pageTitle, boolean isPermanent) {

	}

	private record Link(@Nullable String urlLink, @Nullable String openlink, @Nullable String link) {

	}

}
