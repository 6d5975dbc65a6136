package cn.qingfeng.wechat.portal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatEvent;
import org.jspecify.annotations.Nullable;

/**
 * A message that WeChat really sent, read for what it means. What we have no use for has
 * a kind and no event.
 */
final class ReceivedMessage {

	private static final String SCENE = "qrscene_";

	private static final String DELIVERED = "success";

	private static final String ACCEPTED = "accept";

	private static final String FAILURE = "_fail";

	private static final int LONGEST_DETAIL = 500;

	private static final Pattern KIND = Pattern.compile("[a-z0-9_]{1,64}");

	private final WechatAccount account;

	private final Fields fields;

	private final String kind;

	ReceivedMessage(WechatAccount account, Fields fields) {
		this.account = account;
		this.fields = fields;
		String type = fields.text("MsgType").toLowerCase(Locale.ROOT);
		this.kind = type.equals("event") ? fields.text("Event").toLowerCase(Locale.ROOT) : type;
	}

	WechatAccount account() {
		return this.account;
	}

	/** The lower-case name of the event, or the type of the message. */
	String kind() {
		return this.kind;
	}

	/**
	 * The same for every attempt to deliver this message, and for no other message: its
	 * id, or for events who, when and what, for two events may share a second.
	 */
	byte[] dedupeKey() {
		String id = this.fields.text("MsgId");
		String key = (isEvent() || id.isEmpty()) ? String.join("\n", openid(), this.fields.text("CreateTime"),
				this.kind, this.fields.text("EventKey"), subject()) : id;
		try {
			return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What we publish; fails with a {@link RuntimeException} on nonsense. */
	Optional<WechatEvent> event() {
		if (openid().isEmpty() || !KIND.matcher(this.kind).matches()) {
			throw new IllegalArgumentException("neither sender nor kind");
		}
		return isEvent() ? happened() : Optional.empty();
	}

	/** What was written. */
	String content() {
		return this.fields.text("Content");
	}

	/** Of the menu item that was tapped. */
	String key() {
		return this.fields.text("EventKey");
	}

	boolean isEvent() {
		return this.fields.text("MsgType").equalsIgnoreCase("event");
	}

	private Optional<WechatEvent> happened() {
		KnownEvent known = KnownEvent.of(this.kind).orElse(null);
		if (known == null) {
			return Optional.of(this.kind)
				.filter((name) -> name.endsWith(FAILURE))
				.map((name) -> notice(true, this.fields.text("FailReason")));
		}
		return switch (known.fate()) {
			case PUBLISHED -> Optional.of(published(known));
			case NOTED -> Optional.of(notice(false, ""));
			case ALARM -> (known == KnownEvent.WXA_MEDIA_CHECK) ? mediaChecked()
					: Optional.of(notice(true, this.fields.text("FailReason") + this.fields.text("Reason")));
			case IGNORED -> Optional.empty();
		};
	}

	private WechatEvent published(KnownEvent known) {
		return switch (known) {
			case SUBSCRIBE -> new WechatEvent.Followed(this.account, at(), openid(), scene());
			case UNSUBSCRIBE -> new WechatEvent.Unfollowed(this.account, at(), openid());
			case TEMPLATESENDJOBFINISH ->
				new WechatEvent.TemplateMessageFinished(this.account, at(), openid(), required(msgId()), receipt());
			case MASSSENDJOBFINISH -> massSendFinished();
			case PUBLISHJOBFINISH -> publicationFinished(this.fields.first("PublishEventInfo"));
			case SUBSCRIBE_MSG_POPUP_EVENT -> new WechatEvent.SubscriptionAnswered(this.account, at(), openid(),
					listed("SubscribeMsgPopupEvent", ReceivedMessage::answer));
			case SUBSCRIBE_MSG_CHANGE_EVENT -> new WechatEvent.SubscriptionChanged(this.account, at(), openid(),
					listed("SubscribeMsgChangeEvent", ReceivedMessage::answer));
			case SUBSCRIBE_MSG_SENT_EVENT -> new WechatEvent.SubscriptionMessageSent(this.account, at(), openid(),
					listed("SubscribeMsgSentEvent", ReceivedMessage::sent));
			case USER_AUTHORIZATION_REVOKE -> new WechatEvent.AuthorizationRevoked(this.account, at(), revoker(),
					blankToNull(this.fields.text("RevokeInfo")));
			case USER_AUTHORIZATION_CANCELLATION ->
				new WechatEvent.AuthorizationRevoked(this.account, at(), revoker(), null);
			default -> throw new IllegalStateException(known + " has nothing to publish");
		};
	}

	/** Only what did not pass is worth somebody's time; both versions of the check. */
	private Optional<WechatEvent> mediaChecked() {
		String verdict = this.fields.first("result").text("suggest");
		boolean passed = verdict.isEmpty() ? this.fields.number("isrisky") == 0 : verdict.equals("pass");
		return passed ? Optional.empty() : Optional
			.of(notice(true, this.fields.text("trace_id") + " " + (verdict.isEmpty() ? "risky" : verdict)));
	}

	private WechatEvent notice(boolean grave, String detail) {
		return new WechatEvent.AccountNotice(this.account, at(), this.kind, grave,
				detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL)));
	}

	private WechatEvent massSendFinished() {
		return new WechatEvent.MassSendFinished(this.account, at(), required(msgId()), this.fields.text("Status"),
				this.fields.number("TotalCount"), this.fields.number("FilterCount"), this.fields.number("SentCount"),
				this.fields.number("ErrorCount"),
				this.fields.first("ArticleUrlResult")
					.first("ResultList")
					.all("item")
					.stream()
					.map((item) -> item.text("ArticleUrl"))
					.toList());
	}

	private WechatEvent publicationFinished(Fields info) {
		return new WechatEvent.PublicationFinished(this.account, at(), required(info.text("publish_id")),
				Math.toIntExact(info.number("publish_status")), blankToNull(info.text("article_id")),
				info.first("article_detail").all("item").stream().map((item) -> item.text("article_url")).toList());
	}

	private WechatEvent.ReceiptStatus receipt() {
		String status = this.fields.text("Status").toLowerCase(Locale.ROOT);
		if (status.equals(DELIVERED)) {
			return WechatEvent.ReceiptStatus.DELIVERED;
		}
		return status.contains("block") ? WechatEvent.ReceiptStatus.BLOCKED : WechatEvent.ReceiptStatus.FAILED;
	}

	private <T> List<T> listed(String wrapper, Function<Fields, T> reader) {
		Fields holder = this.fields.has(wrapper) ? this.fields.first(wrapper) : this.fields;
		return holder.all("List").stream().map(reader).toList();
	}

	private static WechatEvent.TemplateAnswer answer(Fields item) {
		return new WechatEvent.TemplateAnswer(required(item.text("TemplateId")),
				item.text("SubscribeStatusString").equalsIgnoreCase(ACCEPTED));
	}

	private static WechatEvent.SubscriptionReceipt sent(Fields item) {
		return new WechatEvent.SubscriptionReceipt(required(item.text("TemplateId")), item.text("MsgID"),
				Math.toIntExact(item.number("ErrorCode")), item.text("ErrorStatus"));
	}

	private String subject() {
		return msgId() + this.fields.first("PublishEventInfo").text("publish_id")
				+ listed(wrapper(), (item) -> item.text("TemplateId") + item.text("MsgID")).stream()
					.collect(Collectors.joining("\n"));
	}

	private String wrapper() {
		return switch (this.kind) {
			case "subscribe_msg_popup_event" -> "SubscribeMsgPopupEvent";
			case "subscribe_msg_change_event" -> "SubscribeMsgChangeEvent";
			default -> "SubscribeMsgSentEvent";
		};
	}

	private String msgId() {
		String upper = this.fields.text("MsgID");
		return upper.isEmpty() ? this.fields.text("MsgId") : upper;
	}

	String openid() {
		return this.fields.text("FromUserName");
	}

	private String revoker() {
		String openid = this.fields.text("OpenID");
		return openid.isEmpty() ? openid() : openid;
	}

	private @Nullable String scene() {
		String key = this.fields.text("EventKey");
		return blankToNull(key.startsWith(SCENE) ? key.substring(SCENE.length()) : key);
	}

	/** The account as WeChat names it in messages, {@code gh_…}. */
	String addressee() {
		return this.fields.text("ToUserName");
	}

	Instant at() {
		return Instant.ofEpochSecond(this.fields.number("CreateTime"));
	}

	private static String required(String value) {
		if (value.isEmpty()) {
			throw new IllegalArgumentException("a field is missing");
		}
		return value;
	}

	private static @Nullable String blankToNull(String value) {
		return value.isEmpty() ? null : value;
	}

}
