package cn.qingfeng.staff;

/**
 * What somebody may do; the names stand in the contract as {@code x-roles}. Who may do
 * what to which thing beyond that, such as not reviewing one's own text, is a rule of the
 * feature.
 */
public enum Role {

	/** Writes articles and issues. */
	AUTHOR,

	/** Signs at the first stage of review. */
	REVIEWER_1,

	/** Signs at the second stage. */
	REVIEWER_2,

	/** Signs at the third stage. */
	REVIEWER_3,

	/** Publishes what three people signed. */
	PUBLISHER,

	/** Keeps question banks and rounds. */
	QUIZ_AUTHOR,

	/** Runs volunteer events. */
	ORGANISER,

	/** Keeps the members of some units. */
	UNIT_ADMIN,

	/** Keeps units, members, staff and the WeChat accounts. */
	ADMIN,

	/** Approves campaigns that somebody else made. */
	APPROVER,

	/** Reads the audit. */
	AUDITOR

}
