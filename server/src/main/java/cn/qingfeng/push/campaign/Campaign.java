package cn.qingfeng.push.campaign;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.push.CampaignMessage;
import cn.qingfeng.push.NewCampaign;
import org.jspecify.annotations.Nullable;

/**
 * A message, its audience and its hour, from the draft to the last hand-over. Each change
 * is guarded here; who may ask for it is guarded by the contract's roles.
 *
 * @param started whether its deliveries exist
 * @param sendAt not before this moment
 */
public record Campaign(UUID id, String title, String summary, String link, CampaignMessage message, CampaignState state,
		@Nullable String stateReason, boolean started, Instant sendAt, UUID author, @Nullable UUID approver,
		Instant createdAt, long version) {

	public static Campaign from(NewCampaign campaign, UUID id, Instant now) {
		if (campaign.author().equals(campaign.approver())) {
			throw new OwnCampaignProblem(id);
		}
		CampaignState state = (campaign.approver() != null) ? CampaignState.APPROVED : CampaignState.PLANNED;
		return new Campaign(id, campaign.title(), campaign.summary(), campaign.link(), campaign.message(), state, null,
				false, campaign.sendAt(), campaign.author(), campaign.approver(), now, 0);
	}

	public CampaignKind kind() {
		return CampaignKind.of(this.message);
	}

	/**
	 * Releases the campaign.
	 * @param approver not the author
	 * @param now an hour that has passed too long ago needs no release by mistake: a held
	 * campaign goes out at once, since a person decided so
	 */
	Campaign approve(UUID approver, Instant now) {
		requireState(EnumSet.of(CampaignState.PLANNED, CampaignState.HELD));
		if (approver.equals(this.author)) {
			throw new OwnCampaignProblem(this.id);
		}
		Instant hour = this.sendAt.isBefore(now) ? now : this.sendAt;
		return new Campaign(this.id, this.title, this.summary, this.link, this.message, CampaignState.APPROVED, null,
				this.started, hour, this.author, approver, this.createdAt, this.version);
	}

	Campaign pause(String reason) {
		requireState(EnumSet.of(CampaignState.APPROVED, CampaignState.SENDING));
		return with(CampaignState.PAUSED, reason);
	}

	/** Goes on where it was paused. */
	Campaign resume() {
		requireState(EnumSet.of(CampaignState.PAUSED));
		return with(this.started ? CampaignState.SENDING : CampaignState.APPROVED, null);
	}

	Campaign cancel() {
		requireState(EnumSet.complementOf(EnumSet.of(CampaignState.COMPLETED, CampaignState.CANCELLED)));
		return with(CampaignState.CANCELLED, null);
	}

	private Campaign with(CampaignState next, @Nullable String reason) {
		return new Campaign(this.id, this.title, this.summary, this.link, this.message, next, reason, this.started,
				this.sendAt, this.author, this.approver, this.createdAt, this.version);
	}

	private void requireState(Set<CampaignState> allowed) {
		if (!allowed.contains(this.state)) {
			throw new CampaignStateProblem(this.id, this.state);
		}
	}

}
