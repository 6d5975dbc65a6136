package cn.qingfeng.push.campaign;

import java.util.UUID;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * Nobody releases a campaign of their own.
 */
final class OwnCampaignProblem extends Problem {

	private static final long serialVersionUID = 1;

	OwnCampaignProblem(UUID campaign) {
		super(HttpStatus.CONFLICT, "own-campaign");
		with("campaignId", campaign);
	}

}
