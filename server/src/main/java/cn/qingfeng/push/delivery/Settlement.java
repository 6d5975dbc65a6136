package cn.qingfeng.push.delivery;

import java.time.Duration;

import cn.qingfeng.push.campaign.Channel;
import cn.qingfeng.wechat.SubscriptionSent;
import cn.qingfeng.wechat.WechatOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What a worker learnt about one delivery.
 *
 * @param state where the delivery goes
 * @param reason for staff, in Chinese
 * @param msgId WeChat's id, which the receipt will quote, null when WeChat told none
 * @param delay before the next try, when it is planned again
 * @param mayHaveReached whether WeChat may know this message already
 * @param lacksConsent whether WeChat says that the recipient allows no message
 * @param held whether WeChat could or should not be called: the delivery waits where it
 * was in the order, and the try does not count
 * @param alarm why the whole campaign must stop, null when it need not
 */
record Settlement(LeasedDelivery delivery, DeliveryState state, @Nullable String reason, @Nullable String msgId,
		Duration delay, boolean mayHaveReached, boolean lacksConsent, boolean held, @Nullable String alarm) {

	private static final int MOST_TRIES = 5;

	private static final String DOUBT = "发送结果不明";

	static Settlement of(LeasedDelivery delivery, WechatOutcome<SubscriptionSent> outcome) {
		return switch (outcome) {
			case WechatOutcome.Done<SubscriptionSent> done -> new Settlement(delivery, DeliveryState.ACCEPTED, null,
					done.value().msgId(), Duration.ZERO, true, false, false, null);
			case WechatOutcome.Refused<SubscriptionSent> refused when refused.isAway() -> waiting(delivery);
			case WechatOutcome.Refused<SubscriptionSent> refused -> refused(delivery, refused);
			case WechatOutcome.Unknown<SubscriptionSent> unknown -> unknown(delivery);
		};
	}

	/** WeChat was not called: it is away, or it is night. */
	static Settlement waiting(LeasedDelivery delivery) {
		return planned(delivery, Duration.ZERO, delivery.repeated(), true, null);
	}

	/** Whether the message used up a consent, as far as anybody can know. */
	boolean spendsConsent() {
		return this.delivery.channel() == Channel.SUBSCRIPTION_MESSAGE
				&& (this.state == DeliveryState.ACCEPTED || this.state == DeliveryState.DOUBTFUL);
	}

	private static Settlement refused(LeasedDelivery delivery, WechatOutcome.Refused<?> refused) {
		String code = "微信错误码 " + refused.code();
		return switch (refused.errorClass()) {
			case GONE -> ended(delivery, DeliveryState.SKIPPED, "未关注或无法接收（" + code + "）");
			case CONSENT -> new Settlement(delivery, DeliveryState.SKIPPED, "未授权订阅（" + code + "）", null, Duration.ZERO,
					false, true, false, null);
			case RETRY -> unknown(delivery);
			case TOKEN -> repeated(delivery, backoff(delivery), delivery.repeated());
			case QUOTA_MIN -> repeated(delivery, Duration.ofSeconds(60), delivery.repeated());
			case QUOTA_DAY -> stopping(delivery, "今日发送额度已用完（" + code + "）");
			case CONFIG -> stopping(delivery, "公众号权限或配置异常（" + code + "）");
			case CONTENT, FIX, AUTH, DONE -> ended(delivery, DeliveryState.FAILED, code);
		};
	}

	/** Only what WeChat recognises is sent again blindly. */
	private static Settlement unknown(LeasedDelivery delivery) {
		return delivery.isRepeatable() ? repeated(delivery, backoff(delivery), true) : doubtful(delivery);
	}

	private static Settlement ended(LeasedDelivery delivery, DeliveryState state, String reason) {
		return new Settlement(delivery, state, reason, null, Duration.ZERO, false, false, false, null);
	}

	private static Settlement doubtful(LeasedDelivery delivery) {
		return new Settlement(delivery, DeliveryState.DOUBTFUL, DOUBT, null, Duration.ZERO, true, false, false, null);
	}

	private static Settlement stopping(LeasedDelivery delivery, String alarm) {
		return planned(delivery, Duration.ofSeconds(60), delivery.repeated(), false, alarm);
	}

	private static Settlement repeated(LeasedDelivery delivery, Duration delay, boolean mayHaveReached) {
		if (delivery.tries() < MOST_TRIES) {
			return planned(delivery, delay, mayHaveReached, false, null);
		}
		return mayHaveReached ? doubtful(delivery) : ended(delivery, DeliveryState.FAILED, "多次重试后放弃");
	}

	private static Settlement planned(LeasedDelivery delivery, Duration delay, boolean mayHaveReached, boolean held,
			@Nullable String alarm) {
		return new Settlement(delivery, DeliveryState.PLANNED, null, null, delay, mayHaveReached, false, held, alarm);
	}

	private static Duration backoff(LeasedDelivery delivery) {
		return Duration.ofSeconds(1L << Math.min(delivery.tries(), 6));
	}

}
