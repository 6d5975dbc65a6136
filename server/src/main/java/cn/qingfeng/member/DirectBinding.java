package cn.qingfeng.member;

import org.jspecify.annotations.Nullable;

/**
 * A WeChat account that is known to be a member's without asking, as in a demonstration.
 *
 * @param memberNumber of the roster
 * @param appid which app of WeChat
 * @param openid the person in that app
 * @param unionid the person across apps, if known
 * @param follows whether the person follows that app, when it is the public account
 */
public record DirectBinding(String memberNumber, String appid, String openid, @Nullable String unionid,
		boolean follows) {

	@Override
	public String toString() {
		return "DirectBinding[%s]".formatted(this.memberNumber);
	}

}
