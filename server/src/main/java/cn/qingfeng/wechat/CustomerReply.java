package cn.qingfeng.wechat;

import java.util.List;

/**
 * An answer to somebody who wrote to the public account, tapped its menu, followed it or
 * scanned its code a short while ago. Never a way to push.
 */
public sealed interface CustomerReply {

	/**
	 * Words.
	 *
	 * @param content what to say, with HTML links if need be
	 */
	record Text(String content) implements CustomerReply {

	}

	/**
	 * One card with a picture that opens a page.
	 *
	 * @param title the headline
	 * @param description a line below it
	 * @param url what a tap opens
	 * @param pictureUrl the picture
	 */
	record News(String title, String description, String url, String pictureUrl) implements CustomerReply {

	}

	/**
	 * A card that opens a mini-program.
	 *
	 * @param title the headline
	 * @param appId a mini-program linked to the account
	 * @param pagePath where it opens
	 * @param thumbMediaId its picture
	 */
	record MiniProgramPage(String title, String appId, String pagePath, String thumbMediaId) implements CustomerReply {

	}

	/**
	 * A question with answers to tap; the chosen id comes back with the text.
	 *
	 * @param head what stands above
	 * @param choices what may be tapped
	 * @param tail what stands below
	 */
	record Choices(String head, List<Choice> choices, String tail) implements CustomerReply {

		public Choices {
			choices = List.copyOf(choices);
		}

	}

	/**
	 * One answer to tap.
	 *
	 * @param id comes back when it is tapped
	 * @param content its words
	 */
	record Choice(String id, String content) {

	}

}
