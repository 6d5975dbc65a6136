package cn.qingfeng.bench;

/**
 * What a run says while it goes on.
 */
final class Progress {

	private Progress() {
	}

	static void say(String format, Object... values) {
		System.out.println(format.formatted(values));
	}

}
