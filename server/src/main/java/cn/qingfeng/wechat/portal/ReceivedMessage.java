package cn.qingfeng.wechat.portal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
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

	private final WechatAccount account;

	private final Fields fields;

	private final String kind;

	ReceivedMessage(WechatAccount account, Fields fields) {
		this.account = account;
		this.fields = fields;
		String type = fields.text("MsgType").toLowerCase(Locale.ROOT);
		this.kind = type.equals("event") ? fields.text("Event").toLowerCase(Locale.ROOT) : type;
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
		if (openid().isEmpty() || this.kind.isEmpty()) {
			throw new IllegalArgumentException("neither sender nor kind");
		}
		return Optional.ofNullable(isEvent() ? happened() : received());
	}

	private boolean isEvent() {
		return this.fields.text("MsgType").equalsIgnoreCase("event");
	}

	private WechatEvent received() {
		return new WechatEvent.MessageReceived(this.account, at(), openid(), this.fields.text("MsgId"), this.kind,
				this.kind.equals("text") ? this.fields.text("Content") : null);
	}

	private @Nullable WechatEvent happened() {
		return switch (this.kind) {
			case "subscribe" -> new WechatEvent.Followed(this.account, at(), openid(), scene());
			case "unsubscribe" -> new WechatEvent.Unfollowed(this.account, at(), openid());
			case "click", "view", "view_miniprogram" ->
				new WechatEvent.MenuClicked(this.account, at(), openid(), this.kind, this.fields.text("EventKey"));
			case "templatesendjobfinish" ->
				new WechatEvent.TemplateMessageFinished(this.account, at(), openid(), required(msgId()), receipt());
			case "masssendjobfinish" -> massSendFinished();
			case "publishjobfinish" -> publicationFinished(this.fields.first("PublishEventInfo"));
			case "subscribe_msg_popup_event" -> new WechatEvent.SubscriptionAnswered(this.account, at(), openid(),
					listed("SubscribeMsgPopupEvent", ReceivedMessage::answer));
			case "subscribe_msg_change_event" -> new WechatEvent.SubscriptionChanged(this.account, at(), openid(),
					listed("SubscribeMsgChangeEvent", ReceivedMessage::answer));
			case "subscribe_msg_sent_event" -> new WechatEvent.SubscriptionMessageSent(this.account, at(), openid(),
					listed("SubscribeMsgSentEvent", ReceivedMessage::sent));
			case "user_authorization_revoke" -> new WechatEvent.AuthorizationRevoked(this.account, at(), revoker(),
					blankToNull(this.fields.text("RevokeInfo")));
			case "user_authorization_cancellation" ->
				new WechatEvent.AuthorizationRevoked(this.account, at(), revoker(), null);
			default -> null;
		};
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

	private String openid() {
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

	private Instant at() {
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
