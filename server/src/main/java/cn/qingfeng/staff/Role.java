package cn.qingfeng.staff;

/**
 * What somebody may do; the names stand in the contract as {@code x-roles}. Who may do
 * what to which thing beyond that, such as not reviewing one's own text, is a rule of the
 * feature.
 */
public enum Role {

	/** Writes articles and issues. */
	AUTHOR("编辑"),

	/** Signs at the first stage of review. */
	REVIEWER_1("初审"),

	/** Signs at the second stage. */
	REVIEWER_2("复审"),

	/** Signs at the third stage. */
	REVIEWER_3("终审"),

	/** Publishes what three people signed. */
	PUBLISHER("发布"),

	/** Keeps question banks and rounds. */
	QUIZ_AUTHOR("命题"),

	/** Runs volunteer events. */
	ORGANISER("活动组织"),

	/** Keeps the members of some units. */
	UNIT_ADMIN("单位管理员"),

	/** Keeps units, members, staff and the WeChat accounts. */
	ADMIN("系统管理员"),

	/** Approves campaigns that somebody else made. */
	APPROVER("推送审批"),

	/** Reads the audit. */
	AUDITOR("审计");

	private final String displayName;

	Role(String displayName) {
		this.displayName = displayName;
	}

	/** In Chinese, for people. */
	public String displayName() {
		return this.displayName;
	}

}
