package cn.qingfeng.wechat.menu;

import java.util.List;

/**
 * Our menu beside WeChat's.
 *
 * @param menu ours
 * @param shown ours with nothing left to fill in
 * @param state whether WeChat's is known
 * @param atWechat what WeChat holds
 */
record MenuView(OwnMenu menu, List<MenuItem> shown, State state, List<MenuItem> atWechat) {

	MenuView {
		shown = List.copyOf(shown);
		atWechat = List.copyOf(atWechat);
	}

	/**
	 * Whether WeChat's menu is known.
	 */
	enum State {

		KNOWN, NONE, UNKNOWN

	}

}
