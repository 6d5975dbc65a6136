package cn.qingfeng.wechat;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The menu under the chat with the public account.
 *
 * @param buttons one to three, from left to right
 */
public record WechatMenu(List<Button> buttons) {

	public WechatMenu {
		buttons = List.copyOf(buttons);
	}

	/**
	 * A button.
	 *
	 * @param name at most 16 bytes of UTF-8 in the bar, 60 below it
	 * @param action what a tap does; nothing when it opens the list below
	 * @param below at most five buttons that have none below themselves
	 */
	public record Button(String name, @Nullable Action action, List<Button> below) {

		public Button {
			below = List.copyOf(below);
			if ((action == null) == below.isEmpty()) {
				throw new IllegalArgumentException("a button either does something or opens others");
			}
		}

		public static Button of(String name, Action action) {
			return new Button(name, action, List.of());
		}

		public static Button opening(String name, List<Button> below) {
			return new Button(name, null, below);
		}

	}

	/**
	 * What a tap does.
	 */
	public sealed interface Action {

	}

	/**
	 * Tells us, by an event with this key.
	 *
	 * @param key at most 128 bytes
	 */
	public record Click(String key) implements Action {

	}

	/**
	 * Opens a page.
	 *
	 * @param url at most 1,024 bytes
	 */
	public record View(String url) implements Action {

	}

	/**
	 * Opens a mini-program.
	 *
	 * @param appId a mini-program linked to the account
	 * @param pagePath where it opens
	 * @param fallbackUrl for clients without mini-programs
	 */
	public record OpenMiniProgram(String appId, String pagePath, String fallbackUrl) implements Action {

	}

	/**
	 * Sends a published article into the chat.
	 *
	 * @param articleId of the published article
	 */
	public record ShowArticle(String articleId) implements Action {

	}

	/**
	 * Something that only WeChat's console makes; keep it when writing a menu back.
	 *
	 * @param type WeChat's word for it
	 * @param key its key, when it has one
	 */
	public record Other(String type, @Nullable String key) implements Action {

	}

}
