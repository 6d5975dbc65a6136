package cn.qingfeng.reminder.rule;

/**
 * Where a letter stands.
 */
enum LetterState {

	/** Its article is not published yet. */
	IN_REVIEW,

	/** Its campaign waits for an approver or its hour, or is out. */
	CAMPAIGN_READY,

	/** Its hour passed before it was published. */
	HELD

}
