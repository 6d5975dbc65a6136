package cn.qingfeng.wechat;

/**
 * A tag on followers of the public account.
 *
 * @param id WeChat's number
 * @param name at most 30 characters, no two the same
 * @param followers how many carry it
 */
public record WechatTag(int id, String name, long followers) {

	/** The first of those that accounts make; WeChat's own come before. */
	static final int FIRST_OWN = 100;

	/** Whether WeChat made it, so that it can be neither changed nor deleted. */
	public boolean isSystem() {
		return this.id < FIRST_OWN;
	}

}
