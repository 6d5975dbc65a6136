package cn.qingfeng.push.campaign;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.push.CampaignMessage;
import cn.qingfeng.push.NewCampaign;
import org.assertj.core.api.ThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class CampaignTests {

	private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

	private static final Instant HOUR = NOW.plus(Duration.ofHours(1));

	private final UUID author = UUID.randomUUID();

	private final UUID approver = UUID.randomUUID();

	@Test
	void aNewCampaignWaitsForAnApprover() {
		assertThat(campaign(null).state()).isEqualTo(CampaignState.PLANNED);
		assertThat(campaign(this.approver).state()).isEqualTo(CampaignState.APPROVED);
	}

	@Test
	void theAuthorDoesNotApprove() {
		assertThat(refusal(() -> campaign(null).approve(this.author, NOW))).isEqualTo("own-campaign");
		assertThat(refusal(() -> campaign(this.author))).isEqualTo("own-campaign");
	}

	@Test
	void anApprovedCampaignKeepsItsHour() {
		Campaign approved = campaign(null).approve(this.approver, NOW);
		assertThat(approved.state()).isEqualTo(CampaignState.APPROVED);
		assertThat(approved.approver()).isEqualTo(this.approver);
		assertThat(approved.sendAt()).isEqualTo(HOUR);
	}

	@Test
	void whoApprovesTooLateMeansNow() {
		Instant later = HOUR.plus(Duration.ofDays(1));
		assertThat(in(CampaignState.HELD).approve(this.approver, later).sendAt()).isEqualTo(later);
	}

	@Test
	void aPausedCampaignGoesOnWhereItWas() {
		assertThat(in(CampaignState.APPROVED).pause("人工暂停").resume().state()).isEqualTo(CampaignState.APPROVED);
		Campaign sending = in(CampaignState.SENDING);
		assertThat(sending.pause("人工暂停").stateReason()).isEqualTo("人工暂停");
		assertThat(sending.pause("人工暂停").resume().state()).isEqualTo(CampaignState.SENDING);
	}

	@ParameterizedTest
	@EnumSource(CampaignState.class)
	void eachStepNeedsItsState(CampaignState state) {
		Campaign campaign = in(state);
		switch (state) {
			case PLANNED, HELD -> {
				campaign.approve(this.approver, NOW);
				campaign.cancel();
				refused(() -> campaign.pause("x"), campaign::resume);
			}
			case APPROVED, SENDING -> {
				campaign.pause("x");
				campaign.cancel();
				refused(() -> campaign.approve(this.approver, NOW), campaign::resume);
			}
			case PAUSED -> {
				campaign.resume();
				campaign.cancel();
				refused(() -> campaign.approve(this.approver, NOW), () -> campaign.pause("x"));
			}
			case COMPLETED, CANCELLED -> refused(() -> campaign.approve(this.approver, NOW), () -> campaign.pause("x"),
					campaign::resume, campaign::cancel);
		}
	}

	private static void refused(ThrowableAssert.ThrowingCallable... steps) {
		assertThat(steps).allSatisfy((step) -> assertThat(refusal(step)).isEqualTo("campaign-state"));
	}

	private Campaign campaign(@Nullable UUID approver) {
		return Campaign.from(
				new NewCampaign("廉洁提醒", "摘要", "/m/", new CampaignMessage.Notice("元旦廉洁提醒"), HOUR, this.author, approver),
				UUID.randomUUID(), NOW);
	}

	private Campaign in(CampaignState state) {
		boolean started = state == CampaignState.SENDING || state == CampaignState.COMPLETED;
		return new Campaign(UUID.randomUUID(), "廉洁提醒", "摘要", "/m/", new CampaignMessage.Notice("元旦廉洁提醒"), state, null,
				started, HOUR, this.author, null, NOW, 3);
	}

	private static String refusal(ThrowableAssert.ThrowingCallable step) {
		return catchThrowableOfType(Problem.class, step).name();
	}

}
