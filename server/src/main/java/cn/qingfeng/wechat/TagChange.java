package cn.qingfeng.wechat;

import java.util.List;

/**
 * A tag that was put on followers or taken off them.
 *
 * @param failed the openids with which WeChat did not do it, for instance because twenty
 * tags are on them; only these may be tried again
 */
public record TagChange(List<String> failed) {

	public TagChange {
		failed = List.copyOf(failed);
	}

	@Override
	public String toString() {
		return "TagChange[%d failed]".formatted(this.failed.size());
	}

}
