package cn.qingfeng.staff;

/**
 * What is off by default because national rules on government mobile applications forbid
 * to force it on people, and what it takes an exception to switch on.
 */
public enum PolicyException {

	/** Rankings of people by points or scores. */
	RANKINGS("个人排名", "按积分或成绩对个人排名"),

	/** Bulletins of how many of which unit took part. */
	UNIT_PARTICIPATION("单位参与率通报", "按单位通报参与人数或参与率"),

	/** Counting the minutes that somebody is online. */
	ONLINE_MINUTES("在线时长", "统计个人在线或阅读时长"),

	/** Counting on how many days in a row somebody came. */
	STREAKS("连续打卡", "统计连续登录或打卡天数"),

	/** Keeping where somebody was. */
	STORED_POSITIONS("保存位置", "保存签到时的位置坐标"),

	/** Asking for the place at a check-in. */
	PLACE_CHECK("签到核对地点", "签到时核对是否在活动地点"),

	/** Reminders outside of working hours. */
	REMINDERS_OUTSIDE_HOURS("工作时间外提醒", "在工作时间以外推送提醒");

	private final String displayName;

	private final String description;

	PolicyException(String displayName, String description) {
		this.displayName = displayName;
		this.description = description;
	}

	/** In Chinese, for people. */
	public String displayName() {
		return this.displayName;
	}

	/** What it lets happen, in Chinese. */
	public String description() {
		return this.description;
	}

}
