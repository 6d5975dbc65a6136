package cn.qingfeng.wechat;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Up to 10,000 followers of the public account.
 *
 * @param total all followers
 * @param openids those of this page
 * @param nextOpenid where the next page begins, or nothing after the last one
 */
public record FollowerPage(long total, List<String> openids, @Nullable String nextOpenid) {

	public FollowerPage {
		openids = List.copyOf(openids);
	}

}
