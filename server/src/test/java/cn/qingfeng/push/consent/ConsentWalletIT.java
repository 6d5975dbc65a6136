package cn.qingfeng.push.consent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.local.sandbox.message.SampleTemplates;
import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatEvent.AuthorizationRevoked;
import cn.qingfeng.wechat.WechatEvent.SubscriptionAnswered;
import cn.qingfeng.wechat.WechatEvent.SubscriptionChanged;
import cn.qingfeng.wechat.WechatEvent.TemplateAnswer;
import cn.qingfeng.wechat.WechatEvent.Unfollowed;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class ConsentWalletIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Instant NOON = Instant.parse("2026-12-15T04:00:00Z");

	private static final TemplateAnswer YES = new TemplateAnswer(SampleTemplates.MINI_QUIZ, true);

	private static final TemplateAnswer NO = new TemplateAnswer(SampleTemplates.MINI_QUIZ, false);

	@Autowired
	private ConsentWallet wallet;

	@Autowired
	private ConsentAnswers answers;

	@Autowired
	private ConsentChanges changes;

	@Autowired
	private ConsentsOfUnfollowers unfollowers;

	@Autowired
	private ConsentsRevoked revoked;

	private final String openid = "o" + UUID.randomUUID();

	@Test
	void twoAnswersInOneEventCountTwice() {
		answered(NOON, YES, YES, NO);
		assertThat(grants()).isEqualTo(2);
	}

	@Test
	void anAcceptanceFromBeforeTheWithdrawalCountsForNothingWhenItComesLate() {
		changed(NOON);
		answered(NOON.minusSeconds(5), YES);
		assertThat(grants()).isZero();
		assertThat(consent().answer()).isEqualTo(Answer.REJECT);
		answered(NOON.plusSeconds(5), YES);
		assertThat(grants()).isEqualTo(1);
	}

	@Test
	void aWithdrawalFromBeforeTheLastAcceptanceTakesNothing() {
		answered(NOON, YES);
		changed(NOON.minusSeconds(5));
		assertThat(grants()).isEqualTo(1);
		assertThat(consent().answer()).isEqualTo(Answer.ACCEPT);
	}

	@Test
	void whatIsSpentTwiceInOneBatchIsTakenTwiceAndNeverBelowZero() {
		answered(NOON, YES, YES, YES);
		this.wallet.spend(List.of(this.openid, this.openid)).block(TIMEOUT);
		assertThat(grants()).isEqualTo(1);
		this.wallet.spend(List.of(this.openid, this.openid)).block(TIMEOUT);
		assertThat(grants()).isZero();
		assertThat(this.wallet.holders(List.of(this.openid)).block(TIMEOUT)).isEmpty();
	}

	@Test
	void whoUnfollowsOrCancelsIsForgotten() {
		answered(NOON, YES);
		this.revoked.handle(new AuthorizationRevoked(WechatAccount.MINI_PROGRAM, NOON, this.openid, "8"))
			.block(TIMEOUT);
		this.unfollowers.handle(new Unfollowed(WechatAccount.MP, NOON, this.openid)).block(TIMEOUT);
		assertThat(grants()).isEqualTo(1);
		this.revoked.handle(new AuthorizationRevoked(WechatAccount.MINI_PROGRAM, NOON, this.openid, null))
			.block(TIMEOUT);
		assertThat(consent().answer()).isNull();
		answered(NOON, YES);
		this.unfollowers.handle(new Unfollowed(WechatAccount.MINI_PROGRAM, NOON, this.openid)).block(TIMEOUT);
		assertThat(consent().answer()).isNull();
	}

	private void answered(Instant at, TemplateAnswer... all) {
		this.answers.handle(new SubscriptionAnswered(WechatAccount.MINI_PROGRAM, at, this.openid, List.of(all)))
			.block(TIMEOUT);
	}

	private void changed(Instant at) {
		this.changes.handle(new SubscriptionChanged(WechatAccount.MINI_PROGRAM, at, this.openid, List.of(NO)))
			.block(TIMEOUT);
	}

	private int grants() {
		return consent().grants();
	}

	private Consent consent() {
		return this.wallet.of(this.openid).blockOptional(TIMEOUT).orElseThrow().getFirst();
	}

}
