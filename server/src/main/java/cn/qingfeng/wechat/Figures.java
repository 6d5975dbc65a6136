package cn.qingfeng.wechat;

import java.util.List;

/**
 * Statistics of WeChat.
 *
 * @param items what was counted
 * @param delayed whether WeChat is late with some of it: ask again in some hours
 */
public record Figures(List<ArticleFigures> items, boolean delayed) {

	public Figures {
		items = List.copyOf(items);
	}

}
