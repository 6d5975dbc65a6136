package cn.qingfeng.quiz.round;

/**
 * When a member may see keys and explanations of an own paper.
 */
public enum ReviewPolicy {

	/** Once handed in and no attempt is left, or after closing. */
	AFTER_SUBMISSION,

	AFTER_CLOSING,

	NEVER

}
