package cn.qingfeng.wechat;

/**
 * Where a member shows what is checked.
 */
public enum CheckScene {

	PROFILE(1), COMMENT(2), FORUM(3), SOCIAL_LOG(4);

	private final int number;

	CheckScene(int number) {
		this.number = number;
	}

	/** WeChat's number for it. */
	public int number() {
		return this.number;
	}

}
