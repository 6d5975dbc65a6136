package cn.qingfeng.push.delivery;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.push.campaign.Channel;
import cn.qingfeng.wechat.SubscriptionSent;
import cn.qingfeng.wechat.WechatErrorClass;
import cn.qingfeng.wechat.WechatOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class SettlementTests {

	@Test
	void whatWechatTookAwaitsItsReceipt() {
		Settlement settled = Settlement.of(leased(1), new WechatOutcome.Done<>(new SubscriptionSent("1001")));
		assertThat(settled.state()).isEqualTo(DeliveryState.ACCEPTED);
		assertThat(settled.msgId()).isEqualTo("1001");
		assertThat(settled.alarm()).isNull();
	}

	@ParameterizedTest
	@EnumSource(names = { "GONE", "CONSENT" })
	void whoCannotBeReachedIsSkippedWithTheReason(WechatErrorClass error) {
		Settlement settled = refused(1, error);
		assertThat(settled.state()).isEqualTo(DeliveryState.SKIPPED);
		assertThat(settled.reason()).contains("43004");
		assertThat(settled.alarm()).isNull();
	}

	@ParameterizedTest
	@EnumSource(names = { "CONTENT", "FIX", "AUTH", "DONE" })
	void whatWechatWillNeverTakeFails(WechatErrorClass error) {
		assertThat(refused(1, error).state()).isEqualTo(DeliveryState.FAILED);
	}

	@ParameterizedTest
	@EnumSource(names = { "RETRY", "TOKEN", "QUOTA_MIN" })
	void whatMayPassIsTriedAgainLater(WechatErrorClass error) {
		Settlement settled = refused(1, error);
		assertThat(settled.state()).isEqualTo(DeliveryState.PLANNED);
		assertThat(settled.delay()).isPositive();
	}

	@ParameterizedTest
	@EnumSource(names = { "QUOTA_DAY", "CONFIG" })
	void whatConcernsTheWholeAccountStopsTheCampaign(WechatErrorClass error) {
		Settlement settled = refused(5, error);
		assertThat(settled.state()).isEqualTo(DeliveryState.PLANNED);
		assertThat(settled.alarm()).contains("43004");
		assertThat(settled.mayHaveReached()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(WechatErrorClass.class)
	void noOutcomeEndsASendAsDeliveredOrLoses(WechatErrorClass error) {
		for (int attempt = 1; attempt <= 5; attempt++) {
			assertThat(refused(attempt, error).state()).isIn(DeliveryState.PLANNED, DeliveryState.SKIPPED,
					DeliveryState.FAILED, DeliveryState.DOUBTFUL);
		}
	}

	@Test
	void aLostAnswerIsRepeatedAndInTheEndDoubtful() {
		Settlement first = Settlement.of(leased(1), new WechatOutcome.Unknown<>("timeout"));
		assertThat(first.state()).isEqualTo(DeliveryState.PLANNED);
		assertThat(first.mayHaveReached()).isTrue();
		assertThat(Settlement.of(leased(5), new WechatOutcome.Unknown<>("timeout")).state())
			.isEqualTo(DeliveryState.DOUBTFUL);
	}

	@Test
	void whileWechatIsAwayNothingCountsAsATry() {
		WechatOutcome.Refused<SubscriptionSent> away = new WechatOutcome.Refused<>(WechatErrorClass.RETRY,
				WechatOutcome.Refused.NOT_CALLED, "not reachable", "");
		Settlement held = Settlement.of(leased(99), away);
		assertThat(held.state()).isEqualTo(DeliveryState.PLANNED);
		assertThat(held.held()).isTrue();
		assertThat(held.mayHaveReached()).isFalse();
		LeasedDelivery back = new LeasedDelivery(UUID.randomUUID(), UUID.randomUUID(), Channel.TEMPLATE_MESSAGE, "o1",
				100, 99, false, "/m/", "");
		assertThat(Settlement.of(back, new WechatOutcome.Unknown<>("timeout")).state())
			.isEqualTo(DeliveryState.PLANNED);
	}

	/** Forgetting it would allow a second message after WeChat forgot the first. */
	@ParameterizedTest
	@EnumSource(names = { "RETRY", "TOKEN", "QUOTA_MIN", "QUOTA_DAY", "CONFIG" })
	void whatMayHaveReachedWechatOnceIsNotForgottenByALaterRefusal(WechatErrorClass error) {
		LeasedDelivery again = new LeasedDelivery(UUID.randomUUID(), UUID.randomUUID(), Channel.TEMPLATE_MESSAGE, "o1",
				2, 0, true, "/m/", "");
		for (int code : new int[] { WechatOutcome.Refused.NOT_CALLED, 43004 }) {
			assertThat(Settlement.of(again, new WechatOutcome.Refused<>(error, code, "", "")).mayHaveReached())
				.isTrue();
		}
	}

	@Test
	void aSubscriptionMessageWhoseAnswerWasLostIsDoubtfulAtOnceAndSpent() {
		LeasedDelivery first = leased(Channel.SUBSCRIPTION_MESSAGE, 1, "/m/");
		for (WechatOutcome<SubscriptionSent> outcome : List.<WechatOutcome<SubscriptionSent>>of(
				new WechatOutcome.Unknown<>("timeout"),
				new WechatOutcome.Refused<>(WechatErrorClass.RETRY, -1, "system error", ""))) {
			Settlement settled = Settlement.of(first, outcome);
			assertThat(settled.state()).isEqualTo(DeliveryState.DOUBTFUL);
			assertThat(settled.spendsConsent()).isTrue();
		}
	}

	@Test
	void onlySubscriptionMessagesSpendConsents() {
		WechatOutcome<SubscriptionSent> done = new WechatOutcome.Done<>(new SubscriptionSent(null));
		assertThat(Settlement.of(leased(Channel.SUBSCRIPTION_MESSAGE, 1, "/m/"), done).spendsConsent()).isTrue();
		assertThat(Settlement.of(leased(1), done).spendsConsent()).isFalse();
		assertThat(refused(1, WechatErrorClass.CONSENT).lacksConsent()).isTrue();
		assertThat(refused(1, WechatErrorClass.GONE).lacksConsent()).isFalse();
	}

	@Test
	void aSubscriptionMessageOpensTheSamePageOfTheMiniProgram() {
		assertThat(leased(Channel.SUBSCRIPTION_MESSAGE, 1, "/m/#/pages/article/index?id=7").miniProgramPage())
			.isEqualTo("pages/article/index?id=7");
		assertThat(leased(Channel.SUBSCRIPTION_MESSAGE, 1, "/m/").miniProgramPage()).isEqualTo("pages/messages/index");
	}

	@Test
	void thePausesGrow() {
		Duration before = Duration.ZERO;
		for (int attempt = 1; attempt < 5; attempt++) {
			Duration delay = Settlement.of(leased(attempt), new WechatOutcome.Unknown<>("timeout")).delay();
			assertThat(delay).isGreaterThan(before);
			before = delay;
		}
	}

	@Test
	void everyTryCarriesTheSameId() {
		UUID id = UUID.randomUUID();
		LeasedDelivery first = new LeasedDelivery(id, UUID.randomUUID(), Channel.TEMPLATE_MESSAGE, "o1", 1, 0, false,
				"/m/", "元旦廉洁提醒");
		LeasedDelivery second = new LeasedDelivery(id, first.campaignId(), Channel.TEMPLATE_MESSAGE, "o1", 2, 0, false,
				"/m/", "元旦廉洁提醒");
		assertThat(first.clientMsgId()).hasSize(32).isEqualTo(second.clientMsgId());
	}

	private static Settlement refused(int attempt, WechatErrorClass error) {
		return Settlement.of(leased(attempt), new WechatOutcome.Refused<>(error, 43004, "require subscribe", "rid"));
	}

	private static LeasedDelivery leased(int attempt) {
		return leased(Channel.TEMPLATE_MESSAGE, attempt, "/m/");
	}

	private static LeasedDelivery leased(Channel channel, int attempt, String link) {
		return new LeasedDelivery(UUID.randomUUID(), UUID.randomUUID(), channel, "o1", attempt, 0, false, link,
				"元旦廉洁提醒");
	}

}
