package cn.qingfeng.wechat.menu;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

import cn.qingfeng.wechat.WechatMenu;
import org.jspecify.annotations.Nullable;

/**
 * Our menu as the editors wrote it.
 *
 * @param buttons with places still to be filled in
 * @param version grows with each change, 0 before the first
 * @param publishedVersion which version WeChat was given last
 * @param publishedAt when that was
 */
record OwnMenu(List<MenuItem> buttons, long version, @Nullable Long publishedVersion, @Nullable Instant publishedAt) {

	static final OwnMenu EMPTY = new OwnMenu(List.of(), 0, null, null);

	OwnMenu {
		buttons = List.copyOf(buttons);
	}

	boolean isPublished() {
		return this.publishedVersion != null && this.publishedVersion == this.version;
	}

	List<MenuItem> filled(UnaryOperator<String> fill) {
		return this.buttons.stream().map((item) -> item.filled(fill)).toList();
	}

	/** For WeChat. */
	WechatMenu forWechat(UnaryOperator<String> fill) {
		return new WechatMenu(filled(fill).stream().map(MenuItem::button).toList());
	}

}
