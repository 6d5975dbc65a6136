package cn.qingfeng.platform.limit;

import java.time.Duration;

/**
 * How often somebody may do something.
 *
 * @param most times in a window
 * @param window it begins with the first time
 */
public record Rate(int most, Duration window) {

	/**
	 * Reads what the contract says.
	 * @param text such as {@code 20/1m} or {@code 60/1h}
	 */
	public static Rate parse(String text) {
		int slash = text.indexOf('/');
		return new Rate(Integer.parseInt(text.substring(0, slash)), Duration.parse("PT" + text.substring(slash + 1)));
	}

}
