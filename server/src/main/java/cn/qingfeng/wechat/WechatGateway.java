package cn.qingfeng.wechat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

import cn.qingfeng.wechat.gateway.Articles;
import cn.qingfeng.wechat.gateway.Endpoint;
import cn.qingfeng.wechat.gateway.JsSdkTickets;
import cn.qingfeng.wechat.gateway.MassSends;
import cn.qingfeng.wechat.gateway.MiniProgram;
import cn.qingfeng.wechat.gateway.PublicAccount;
import cn.qingfeng.wechat.gateway.Subscriptions;
import cn.qingfeng.wechat.gateway.WechatCall;
import cn.qingfeng.wechat.gateway.WechatCalls;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Who somebody is, and pushes: what the product asks of WeChat most. {@link WechatChat},
 * {@link WechatArticles}, {@link WechatAudience}, {@link WechatLinks},
 * {@link WechatChecks} and {@link WechatOperations} have the rest. No call blocks its
 * caller's thread and none fails: each ends as a {@link WechatOutcome}. The gateway
 * repeats what may be repeated; a send it makes once, and whether to send again is for
 * the caller to decide, with the same client id.
 */
@Component
public class WechatGateway {

	/** WxJava puts codes into addresses as they are. */
	private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{1,256}");

	private static final int INVALID_CODE = 40029;

	private final WechatCalls calls;

	private final PublicAccount publicAccount;

	private final MiniProgram miniProgram;

	private final Articles articles;

	private final MassSends massSends;

	private final Subscriptions subscriptions;

	private final JsSdkTickets tickets;

	WechatGateway(WechatCalls calls, PublicAccount publicAccount, MiniProgram miniProgram, Articles articles,
			MassSends massSends, Subscriptions subscriptions, JsSdkTickets tickets) {
		this.calls = calls;
		this.articles = articles;
		this.massSends = massSends;
		this.subscriptions = subscriptions;
		this.publicAccount = publicAccount;
		this.miniProgram = miniProgram;
		this.tickets = tickets;
	}

	/**
	 * Who logged in to the mini-program.
	 * @param code of {@code wx.login}, good once
	 */
	public Mono<WechatOutcome<MiniProgramIdentity>> loginToMiniProgram(String code) {
		return withCode(code,
				WechatCall.repeatable(Endpoint.MINI_PROGRAM_LOGIN, () -> this.miniProgram.login(code)).withoutToken());
	}

	/**
	 * The phone number that a person consented to hand over.
	 * @param code of the phone-number button, good once
	 */
	public Mono<WechatOutcome<PhoneNumber>> phoneNumber(String code) {
		return withCode(code, WechatCall.repeatable(Endpoint.PHONE_NUMBER, () -> this.miniProgram.phoneNumber(code)));
	}

	/**
	 * Who came back from the consent page.
	 * @param code from the redirect, good once
	 */
	public Mono<WechatOutcome<WebIdentity>> oauthLogin(String code) {
		return withCode(code,
				WechatCall.repeatable(Endpoint.WEB_LOGIN, () -> this.publicAccount.login(code)).withoutToken());
	}

	/**
	 * Where to send a browser for a silent login; no call is made.
	 * @param redirectUri where WeChat sends it back to
	 * @param state letters and digits, at most 128
	 */
	public String oauthUrl(String redirectUri, String state) {
		return this.publicAccount.consentUrl(redirectUri, state);
	}

	/**
	 * Stores a picture for good, as the cover of articles.
	 * @param png the picture
	 * @param asciiName its name; WeChat loses other letters
	 * @return the media id
	 */
	public Mono<WechatOutcome<String>> uploadCover(byte[] png, String asciiName) {
		return repeatable(Endpoint.MATERIAL_ADD, () -> this.publicAccount.uploadCover(png, asciiName));
	}

	/**
	 * Stores a picture for the body of an article.
	 * @param png below 1 MB
	 * @return its address
	 */
	public Mono<WechatOutcome<String>> uploadArticleImage(byte[] png) {
		return repeatable(Endpoint.ARTICLE_IMAGE, () -> this.publicAccount.uploadArticleImage(png));
	}

	/**
	 * Makes a draft of one to eight articles.
	 * @param articles in their order
	 * @return the media id
	 */
	public Mono<WechatOutcome<String>> addDraft(List<DraftArticle> articles) {
		return repeatable(Endpoint.DRAFT_ADD, () -> this.publicAccount.addDraft(articles));
	}

	/**
	 * Publishes a draft without telling followers;
	 * {@link WechatEvent.PublicationFinished} tells how it went.
	 * @param mediaId of the draft
	 */
	public Mono<WechatOutcome<Submission>> publishDraft(String mediaId) {
		return once(Endpoint.PUBLISH, () -> this.articles.publish(mediaId));
	}

	/**
	 * Sends a draft to all followers and uses it up; {@link WechatEvent.MassSendFinished}
	 * tells how it went. The same client id within a day gives the first send again.
	 * @param mediaId of the draft
	 * @param clientMsgId at most 32 bytes
	 */
	public Mono<WechatOutcome<MassSend>> massSendToAll(String mediaId, String clientMsgId) {
		return once(Endpoint.MASS_SEND, () -> this.massSends.toAll(mediaId, clientMsgId));
	}

	/**
	 * The same to those who carry a tag.
	 * @param tagId of the tag
	 * @param mediaId of the draft
	 * @param clientMsgId at most 32 bytes
	 */
	public Mono<WechatOutcome<MassSend>> massSendToTag(int tagId, String mediaId, String clientMsgId) {
		return once(Endpoint.MASS_SEND, () -> this.massSends.toTag(tagId, mediaId, clientMsgId));
	}

	/**
	 * The same to single followers; only service accounts may.
	 * @param openids 2 to 10,000 of them
	 * @param mediaId of the draft
	 * @param clientMsgId at most 32 bytes
	 */
	public Mono<WechatOutcome<MassSend>> massSendTo(List<String> openids, String mediaId, String clientMsgId) {
		return once(Endpoint.MASS_SEND_TO_LIST, () -> this.massSends.toList(openids, mediaId, clientMsgId));
	}

	/**
	 * Shows a draft to one follower; the draft stays.
	 * @param openid who looks at it
	 * @param mediaId of the draft
	 */
	public Mono<WechatOutcome<Acknowledged>> previewMassSend(String openid, String mediaId) {
		return once(Endpoint.MASS_PREVIEW, () -> this.massSends.preview(openid, mediaId));
	}

	/**
	 * Takes sent articles back: whoever opens them finds them gone.
	 * @param msgId of the send
	 * @param article which one, from one; zero for all
	 */
	public Mono<WechatOutcome<Acknowledged>> deleteMassSend(String msgId, int article) {
		return once(Endpoint.MASS_DELETE, () -> this.massSends.delete(msgId, article));
	}

	/**
	 * How fast WeChat hands out mass sends.
	 */
	public Mono<WechatOutcome<MassSpeed>> massSpeed() {
		return repeatable(Endpoint.MASS_SPEED_GET, this.massSends::speed);
	}

	/**
	 * Changes how fast WeChat hands them out.
	 * @param step from 0, the fastest, to 4
	 */
	public Mono<WechatOutcome<Acknowledged>> changeMassSpeed(int step) {
		return repeatable(Endpoint.MASS_SPEED_SET, () -> this.massSends.changeSpeed(step));
	}

	/**
	 * How far a mass send got.
	 * @param msgId of the send
	 */
	public Mono<WechatOutcome<MassSendStatus>> massSendStatus(String msgId) {
		return repeatable(Endpoint.MASS_GET, () -> this.massSends.status(msgId));
	}

	/**
	 * Sends a template message; {@link WechatEvent.TemplateMessageFinished} tells whether
	 * it arrived.
	 * @param message with an id that makes a repeated send harmless for ten minutes
	 * @return WeChat's id of the message
	 */
	public Mono<WechatOutcome<String>> sendTemplate(TemplateMessage message) {
		return once(Endpoint.TEMPLATE_SEND, () -> this.publicAccount.sendTemplate(message));
	}

	/**
	 * The templates that may be sent.
	 */
	public Mono<WechatOutcome<List<WechatTemplate>>> templates() {
		return repeatable(Endpoint.TEMPLATE_LIST, this.publicAccount::templates);
	}

	/**
	 * Sends a subscription notice of the public account; {@link WechatErrorClass#CONSENT}
	 * when its recipient has no consent left.
	 * @param message to the person's openid in the public account
	 */
	public Mono<WechatOutcome<SubscriptionSent>> sendNotice(SubscriptionMessage message) {
		return once(Endpoint.NOTICE_SEND, () -> this.subscriptions.sendNotice(message));
	}

	/**
	 * The same by the mini-program.
	 * @param message to the person's openid in the mini-program
	 */
	public Mono<WechatOutcome<SubscriptionSent>> sendSubscription(SubscriptionMessage message) {
		return once(Endpoint.SUBSCRIPTION_SEND, () -> this.subscriptions.sendMessage(message));
	}

	/**
	 * The templates of subscription notices.
	 */
	public Mono<WechatOutcome<List<SubscriptionTemplate>>> noticeTemplates() {
		return repeatable(Endpoint.NOTICE_TEMPLATES, this.subscriptions::noticeTemplates);
	}

	/**
	 * The templates of the mini-program's subscription messages.
	 */
	public Mono<WechatOutcome<List<SubscriptionTemplate>>> subscriptionTemplates() {
		return repeatable(Endpoint.SUBSCRIPTION_TEMPLATES, this.subscriptions::messageTemplates);
	}

	/**
	 * A page of followers.
	 * @param nextOpenid of the page before, nothing for the first
	 */
	public Mono<WechatOutcome<FollowerPage>> followers(@Nullable String nextOpenid) {
		return repeatable(Endpoint.FOLLOWER_LIST, () -> this.publicAccount.followers(nextOpenid));
	}

	/**
	 * Signs the address of a page for {@code wx.config}. Sign own pages only.
	 * @param url as the browser shows it; what follows {@code #} does not count
	 */
	public Mono<WechatOutcome<JsSdkSignature>> jsSdkSignature(String url) {
		return this.tickets.sign(url);
	}

	private <T> Mono<WechatOutcome<T>> repeatable(Endpoint endpoint, Callable<T> work) {
		return this.calls.make(WechatCall.repeatable(endpoint, work));
	}

	private <T> Mono<WechatOutcome<T>> once(Endpoint endpoint, Callable<T> work) {
		return this.calls.make(WechatCall.once(endpoint, work));
	}

	private <T> Mono<WechatOutcome<T>> withCode(String code, WechatCall<T> call) {
		return CODE.matcher(code).matches() ? this.calls.make(call)
				: Mono.just(new WechatOutcome.Refused<>(WechatErrorClass.AUTH, INVALID_CODE, "invalid code", ""));
	}

}
