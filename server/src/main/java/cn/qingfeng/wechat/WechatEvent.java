package cn.qingfeng.wechat;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What WeChat told us, published once through the outbox however often WeChat repeats it.
 * Order is not guaranteed: handlers compare {@link #at()} where it matters.
 */
public sealed interface WechatEvent {

	/** Which account was addressed; openids belong to it. */
	WechatAccount account();

	/** When it happened, by WeChat's clock. */
	Instant at();

	/**
	 * A person follows the public account.
	 *
	 * @param scene what the scanned code carried, without {@code qrscene_}
	 */
	record Followed(WechatAccount account, Instant at, String openid, @Nullable String scene) implements WechatEvent {

	}

	/**
	 * A person unfollowed: stop sending, erase what came from WeChat.
	 */
	record Unfollowed(WechatAccount account, Instant at, String openid) implements WechatEvent {

	}

	/**
	 * The final state of a template message.
	 *
	 * @param msgId the id that the send returned
	 * @param status how it ended
	 */
	record TemplateMessageFinished(WechatAccount account, Instant at, String openid, String msgId,
			ReceiptStatus status) implements WechatEvent {

	}

	/**
	 * The final state of a mass send: {@code total ≥ filter ≈ sent + error}.
	 *
	 * @param msgId the id that the send returned
	 * @param status WeChat's own words, such as {@code send success} or
	 * {@code err(30003)}
	 * @param total targeted
	 * @param filter left after WeChat's filters
	 * @param sent reached
	 * @param error failed
	 * @param urls the addresses of the articles
	 */
	record MassSendFinished(WechatAccount account, Instant at, String msgId, String status, long total, long filter,
			long sent, long error, List<String> urls) implements WechatEvent {

		public MassSendFinished {
			urls = List.copyOf(urls);
		}

		/** Whether the send went out at all; single followers may still have failed. */
		public boolean succeeded() {
			return this.status.strip().equalsIgnoreCase("send success");
		}

	}

	/**
	 * The end of a publication.
	 *
	 * @param publishId the id that the submission returned
	 * @param status 0 published, 2 to 6 refused or taken down
	 * @param articleId what later calls quote
	 * @param urls the addresses of the articles
	 */
	record PublicationFinished(WechatAccount account, Instant at, String publishId, int status,
			@Nullable String articleId, List<String> urls) implements WechatEvent {

		public PublicationFinished {
			urls = List.copyOf(urls);
		}

	}

	/**
	 * A person answered the consent popup; each acceptance is worth one message.
	 */
	record SubscriptionAnswered(WechatAccount account, Instant at, String openid,
			List<TemplateAnswer> answers) implements WechatEvent {

		public SubscriptionAnswered {
			answers = List.copyOf(answers);
		}

	}

	/**
	 * A person changed the setting of a template afterwards.
	 */
	record SubscriptionChanged(WechatAccount account, Instant at, String openid,
			List<TemplateAnswer> answers) implements WechatEvent {

		public SubscriptionChanged {
			answers = List.copyOf(answers);
		}

	}

	/**
	 * The delivery results of subscription messages.
	 */
	record SubscriptionMessageSent(WechatAccount account, Instant at, String openid,
			List<SubscriptionReceipt> receipts) implements WechatEvent {

		public SubscriptionMessageSent {
			receipts = List.copyOf(receipts);
		}

	}

	/**
	 * A person withdrew an authorisation.
	 *
	 * @param kind WeChat's number of what was withdrawn: 8 the phone number, 13 and 18
	 * places; nothing when the whole account was cancelled
	 */
	record AuthorizationRevoked(WechatAccount account, Instant at, String openid,
			@Nullable String kind) implements WechatEvent {

	}

	/**
	 * Something about the account itself that its administrators should know.
	 *
	 * @param kind WeChat's name of the event, in lower case
	 * @param grave whether somebody must do something
	 * @param detail WeChat's reasons, empty without any
	 */
	record AccountNotice(WechatAccount account, Instant at, String kind, boolean grave,
			String detail) implements WechatEvent {

	}

	/**
	 * What a person said to one template.
	 *
	 * @param templateId which template
	 * @param accepted whether the answer was yes
	 */
	record TemplateAnswer(String templateId, boolean accepted) {

	}

	/**
	 * The delivery of one subscription message.
	 *
	 * @param templateId which template
	 * @param msgId the id that the send returned
	 * @param errorCode 0 when delivered
	 * @param status WeChat's own words
	 */
	record SubscriptionReceipt(String templateId, String msgId, int errorCode, String status) {

	}

	/**
	 * How a template message ended.
	 */
	enum ReceiptStatus {

		/** It is on the phone. */
		DELIVERED,

		/** The person refuses messages of the account. */
		BLOCKED,

		/** WeChat failed. */
		FAILED

	}

}
