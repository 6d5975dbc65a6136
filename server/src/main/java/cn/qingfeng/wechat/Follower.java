package cn.qingfeng.wechat;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What WeChat tells about a follower; names and pictures it no longer does.
 *
 * @param openid within the public account
 * @param follows whether they still do; nothing else is known of those who do not
 * @param unionid the same in all our accounts, if they are joined on the open platform
 * @param since when they followed
 * @param scene how they came, in WeChat's word
 * @param code the scene of the parametric code that brought them
 * @param tags their tags
 */
public record Follower(String openid, boolean follows, @Nullable String unionid, @Nullable Instant since,
		@Nullable String scene, @Nullable String code, List<Integer> tags) {

	public Follower {
		tags = List.copyOf(tags);
	}

	@Override
	public String toString() {
		return "Follower[***]";
	}

}
