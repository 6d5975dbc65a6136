package cn.qingfeng.wechat.menu;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

import cn.qingfeng.wechat.WechatMenu;
import org.jspecify.annotations.Nullable;

/**
 * A button as editors write it; what its kind does not need is missing.
 *
 * @param name on the button
 * @param kind what a tap does; nothing when it opens the children
 * @param url of a page, or for clients without mini-programs
 * @param key of a reply
 * @param appId of a mini-program
 * @param page of a mini-program
 * @param articleId of a published article
 * @param children what it opens
 */
record MenuItem(String name, @Nullable Kind kind, @Nullable String url, @Nullable String key, @Nullable String appId,
		@Nullable String page, @Nullable String articleId, List<MenuItem> children) {

	MenuItem {
		children = List.copyOf(children);
	}

	/** The same with our address and appid in it. */
	MenuItem filled(UnaryOperator<String> fill) {
		return new MenuItem(this.name, this.kind, filled(fill, this.url), this.key, filled(fill, this.appId), this.page,
				this.articleId, this.children.stream().map((child) -> child.filled(fill)).toList());
	}

	/** For WeChat; only of an item that was checked. */
	WechatMenu.Button button() {
		return switch (this.kind) {
			case null -> WechatMenu.Button.opening(this.name, this.children.stream().map(MenuItem::button).toList());
			case VIEW -> WechatMenu.Button.of(this.name, new WechatMenu.View(present(this.url)));
			case CLICK -> WechatMenu.Button.of(this.name, new WechatMenu.Click(present(this.key)));
			case MINI_PROGRAM -> WechatMenu.Button.of(this.name,
					new WechatMenu.OpenMiniProgram(present(this.appId), present(this.page), present(this.url)));
			case ARTICLE -> WechatMenu.Button.of(this.name, new WechatMenu.ShowArticle(present(this.articleId)));
			case OTHER -> throw new IllegalStateException("only WeChat's console makes such a button");
		};
	}

	/** As WeChat holds it. */
	static MenuItem of(WechatMenu.Button button) {
		String name = button.name();
		return switch (button.action()) {
			case null -> new MenuItem(name, null, null, null, null, null, null,
					button.below().stream().map(MenuItem::of).toList());
			case WechatMenu.View(String url) -> new MenuItem(name, Kind.VIEW, url, null, null, null, null, List.of());
			case WechatMenu.Click(String key) -> new MenuItem(name, Kind.CLICK, null, key, null, null, null, List.of());
			case WechatMenu.OpenMiniProgram(String appId, String page, String url) ->
				new MenuItem(name, Kind.MINI_PROGRAM, url, null, appId, page, null, List.of());
			case WechatMenu.ShowArticle(String id) ->
				new MenuItem(name, Kind.ARTICLE, null, null, null, null, id, List.of());
			case WechatMenu.Other(String type, String key) ->
				new MenuItem(name, Kind.OTHER, null, key, null, null, null, List.of());
		};
	}

	private static @Nullable String filled(UnaryOperator<String> fill, @Nullable String text) {
		return (text != null) ? fill.apply(text) : null;
	}

	private static String present(@Nullable String value) {
		return Objects.requireNonNull(value);
	}

	/**
	 * What a tap does.
	 */
	enum Kind {

		VIEW, CLICK, MINI_PROGRAM, ARTICLE, OTHER

	}

}
