package cn.qingfeng.member.identity;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One person in one app of WeChat.
 *
 * @param id of the account
 * @param appid which app
 * @param unionid the person across apps, if WeChat told it
 * @param memberId of the roster, null until bound
 */
record Account(UUID id, String appid, @Nullable String unionid, @Nullable UUID memberId) {

	/** Whether WeChat itself says that both are different people. */
	boolean isSomebodyElse(Account other) {
		boolean sameApp = this.appid.equals(other.appid);
		boolean unlikeUnion = this.unionid != null && other.unionid != null && !this.unionid.equals(other.unionid);
		return !this.id.equals(other.id) && (sameApp || unlikeUnion);
	}

	/** Whether WeChat itself says that both are the same person. */
	boolean isSamePerson(Account other) {
		return this.id.equals(other.id) || this.unionid != null && this.unionid.equals(other.unionid);
	}

	@Override
	public String toString() {
		return "Account[%s]".formatted(this.id);
	}

}
