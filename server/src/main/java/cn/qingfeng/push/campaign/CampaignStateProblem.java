package cn.qingfeng.push.campaign;

import java.util.UUID;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * The campaign is not in a state that allows this.
 */
final class CampaignStateProblem extends Problem {

	private static final long serialVersionUID = 1;

	CampaignStateProblem(UUID campaign, CampaignState state) {
		super(HttpStatus.CONFLICT, "campaign-state");
		with("campaignId", campaign);
		with("state", state);
	}

}
