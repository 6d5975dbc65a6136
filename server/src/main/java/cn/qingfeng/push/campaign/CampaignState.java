package cn.qingfeng.push.campaign;

/**
 * Where a campaign stands.
 */
public enum CampaignState {

	/** Waits for an approver. */
	PLANNED,

	/** Released; waits for its hour. */
	APPROVED,

	/** Its deliveries exist and the workers are at them. */
	SENDING,

	/** Stopped by a person or by the error brake. */
	PAUSED,

	/** Every delivery has been handed over. */
	COMPLETED,

	/** Ended by a person. */
	CANCELLED,

	/** Its hour passed while nobody could send: a person decides. */
	HELD

}
