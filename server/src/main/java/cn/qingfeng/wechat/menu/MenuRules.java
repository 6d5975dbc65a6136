package cn.qingfeng.wechat.menu;

import java.nio.charset.StandardCharsets;
import java.util.List;

import cn.qingfeng.platform.problem.Violations;
import org.jspecify.annotations.Nullable;

/**
 * WeChat's limits of a menu: three buttons with five below each, and lengths in bytes.
 */
final class MenuRules {

	private static final int TOP = 3;

	private static final int BELOW = 5;

	private static final int TOP_NAME = 16;

	private static final int NAME = 60;

	private static final int KEY = 128;

	private static final int URL = 1_024;

	private static final int PAGE = 1_024;

	private final Violations violations = new Violations();

	private MenuRules() {
	}

	/**
	 * Fails with all that is wrong.
	 * @param buttons with nothing left to fill in
	 */
	static void check(List<MenuItem> buttons) {
		MenuRules rules = new MenuRules();
		rules.violations.require(!buttons.isEmpty() && buttons.size() <= TOP, "buttons", "一级菜单须有 1 到 3 个");
		for (int i = 0; i < buttons.size(); i++) {
			rules.top("buttons[%d]".formatted(i), buttons.get(i));
		}
		rules.violations.throwIfAny();
	}

	private void top(String path, MenuItem item) {
		length(path + ".name", item.name(), TOP_NAME, "一级菜单名称不超过 16 字节，即 5 个汉字");
		if (item.children().isEmpty()) {
			action(path, item);
			return;
		}
		this.violations.require(item.kind() == null, path + ".type", "带下级菜单的按钮不能再有动作")
			.require(item.children().size() <= BELOW, path + ".children", "下级菜单最多 5 个");
		for (int i = 0; i < item.children().size(); i++) {
			below("%s.children[%d]".formatted(path, i), item.children().get(i));
		}
	}

	private void below(String path, MenuItem item) {
		length(path + ".name", item.name(), NAME, "下级菜单名称不超过 60 字节，即 20 个汉字");
		this.violations.require(item.children().isEmpty(), path + ".children", "菜单只有两级");
		action(path, item);
	}

	private void action(String path, MenuItem item) {
		switch (item.kind()) {
			case null -> this.violations.add(path + ".type", "请选择点击后的动作");
			case OTHER -> this.violations.add(path + ".type", "这种按钮只能在微信后台设置");
			case VIEW -> url(path, item.url());
			case CLICK -> length(path + ".key", item.key(), KEY, "请填写菜单键，不超过 128 字节");
			case ARTICLE -> length(path + ".articleId", item.articleId(), KEY, "请填写已发布文章的编号");
			case MINI_PROGRAM -> {
				url(path, item.url());
				length(path + ".appId", item.appId(), KEY, "请填写小程序的 AppID");
				length(path + ".page", item.page(), PAGE, "请填写小程序的页面路径");
			}
		}
	}

	private void url(String path, @Nullable String url) {
		length(path + ".url", url, URL, "请填写网址，不超过 1024 字节");
		this.violations.require(url == null || url.matches("https?://[^\\s{}]+"), path + ".url",
				"网址须以 http:// 或 https:// 开头，占位符只能是 {{publicUrl}} 或 {{miniAppId}}");
	}

	private void length(String path, @Nullable String value, int most, String message) {
		this.violations.require(
				value != null && !value.isBlank() && value.getBytes(StandardCharsets.UTF_8).length <= most, path,
				message);
	}

}
