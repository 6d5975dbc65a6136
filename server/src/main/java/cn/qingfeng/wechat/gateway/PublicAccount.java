package cn.qingfeng.wechat.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import cn.qingfeng.wechat.DraftArticle;
import cn.qingfeng.wechat.FollowerPage;
import cn.qingfeng.wechat.MediaKind;
import cn.qingfeng.wechat.TemplateMessage;
import cn.qingfeng.wechat.WebIdentity;
import cn.qingfeng.wechat.WechatTemplate;
import me.chanjar.weixin.common.api.WxConsts;
import me.chanjar.weixin.common.bean.oauth2.WxOAuth2AccessToken;
import me.chanjar.weixin.common.bean.result.WxMediaUploadResult;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.common.util.json.GsonParser;
import me.chanjar.weixin.mp.bean.draft.WxMpAddDraft;
import me.chanjar.weixin.mp.bean.draft.WxMpDraftArticles;
import me.chanjar.weixin.mp.bean.material.WxMpMaterial;
import me.chanjar.weixin.mp.bean.result.WxMpUserList;
import me.chanjar.weixin.mp.bean.template.WxMpTemplateData;
import me.chanjar.weixin.mp.bean.template.WxMpTemplateMessage;
import me.chanjar.weixin.mp.enums.WxMpApiUrl;
import org.jspecify.annotations.Nullable;

/**
 * What the public account does through WxJava, blocking, in our own types.
 */
public class PublicAccount {

	private static final String PNG = ".png";

	private final MpService service;

	private final MpService uploads;

	PublicAccount(MpService service, MpService uploads) {
		this.service = service;
		this.uploads = uploads;
	}

	public String appId() {
		return this.service.getWxMpConfigStorage().getAppId();
	}

	public String consentUrl(String redirectUri, String state) {
		return this.service.getOAuth2Service()
			.buildAuthorizationUrl(redirectUri, WxConsts.OAuth2Scope.SNSAPI_BASE, state);
	}

	public WebIdentity login(String code) throws WxErrorException {
		WxOAuth2AccessToken answer = this.service.getOAuth2Service().getAccessToken(code);
		Integer snapshot = answer.getSnapshotUser();
		return new WebIdentity(Values.present(answer.getOpenId(), "openid"), Values.orNull(answer.getUnionId()),
				snapshot != null && snapshot == 1);
	}

	public Ticket ticket() throws WxErrorException {
		var answer = GsonParser.parse(this.service
			.get(WxMpApiUrl.Other.GET_TICKET_URL.getUrl(this.service.getWxMpConfigStorage()) + "jsapi", null));
		return new Ticket(answer.get("ticket").getAsString(), Duration.ofSeconds(answer.get("expires_in").getAsLong()));
	}

	public String uploadCover(byte[] png, String asciiName) throws WxErrorException {
		return withFile(png, PNG,
				(file) -> Values.present(this.uploads.getMaterialService()
					.materialFileUpload(WxConsts.MediaFileType.IMAGE,
							new WxMpMaterial(asciiName, file.toFile(), null, null))
					.getMediaId(), "media_id"));
	}

	public String uploadForThreeDays(MediaKind kind, byte[] bytes, String ending) throws WxErrorException {
		return withFile(bytes, '.' + ending, (file) -> {
			WxMediaUploadResult answer = this.uploads.getMaterialService()
				.mediaUpload(kind.name().toLowerCase(Locale.ROOT), file.toFile());
			return Values.present((kind == MediaKind.THUMB) ? answer.getThumbMediaId() : answer.getMediaId(),
					"media_id");
		});
	}

	public String uploadArticleImage(byte[] png) throws WxErrorException {
		return withFile(png, PNG, (file) -> Values
			.present(this.uploads.getMaterialService().mediaImgUpload(file.toFile()).getUrl(), "url"));
	}

	public String addDraft(List<DraftArticle> articles) throws WxErrorException {
		WxMpAddDraft draft = WxMpAddDraft.builder()
			.articles(articles.stream().map(PublicAccount::article).toList())
			.build();
		return Values.present(this.uploads.getDraftService().addDraft(draft), "media_id");
	}

	public String sendTemplate(TemplateMessage message) throws WxErrorException {
		WxMpTemplateMessage wire = WxMpTemplateMessage.builder()
			.toUser(message.openid())
			.templateId(message.templateId())
			.url(message.url())
			.clientMsgId(message.clientMsgId())
			.data(message.data().entrySet().stream().map(PublicAccount::field).toList())
			.build();
		return Values.present(this.service.getTemplateMsgService().sendTemplateMsg(wire), "msgid");
	}

	public List<WechatTemplate> templates() throws WxErrorException {
		return this.service.getTemplateMsgService()
			.getAllPrivateTemplate()
			.stream()
			.map((each) -> new WechatTemplate(each.getTemplateId(), each.getTitle(), each.getContent()))
			.toList();
	}

	public FollowerPage followers(@Nullable String from) throws WxErrorException {
		WxMpUserList answer = this.service.getUserService().userList((from != null) ? from : "");
		List<String> openids = (answer.getOpenids() != null) ? answer.getOpenids() : List.of();
		return new FollowerPage(answer.getTotal(), openids,
				openids.isEmpty() ? null : Values.orNull(answer.getNextOpenid()));
	}

	private static WxMpDraftArticles article(DraftArticle article) {
		return WxMpDraftArticles.builder()
			.articleType("news")
			.title(article.title())
			.author(article.author())
			.digest(article.digest())
			.content(article.content())
			.contentSourceUrl(article.sourceUrl())
			.thumbMediaId(article.coverMediaId())
			.needOpenComment(0)
			.onlyFansCanComment(0)
			.build();
	}

	private static WxMpTemplateData field(Map.Entry<String, String> entry) {
		return new WxMpTemplateData(entry.getKey(), entry.getValue());
	}

	private static <T> T withFile(byte[] bytes, String suffix, Upload<T> upload) throws WxErrorException {
		try {
			Path file = Files.createTempFile("wechat-", suffix);
			try {
				Files.write(file, bytes);
				return upload.from(file);
			}
			finally {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A ticket for signing pages.
	 *
	 * @param value never to be shown
	 * @param life how long it lasts
	 */
	public record Ticket(String value, Duration life) {

		@Override
		public String toString() {
			return "Ticket[***]";
		}

	}

	private interface Upload<T> {

		T from(Path file) throws WxErrorException;

	}

}
