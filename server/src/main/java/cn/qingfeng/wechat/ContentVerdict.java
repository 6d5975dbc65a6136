package cn.qingfeng.wechat;

/**
 * What WeChat thinks of a text.
 *
 * @param suggestion what to do with it
 * @param label why, in WeChat's numbers; 100 is harmless
 * @param traceId to quote to WeChat's support
 */
public record ContentVerdict(Suggestion suggestion, int label, String traceId) {

	/**
	 * What to do with a text.
	 */
	public enum Suggestion {

		PASS,

		/** A person must decide; also for words that WeChat did not use before. */
		REVIEW,

		RISKY

	}

}
