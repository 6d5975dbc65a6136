package cn.qingfeng.local.sandbox.registry;

/**
 * What a content check thinks.
 *
 * @param suggest pass, review or risky
 * @param label WeChat's number for the kind of trouble
 */
public record Verdict(String suggest, int label) {

	private static final int NORMAL = 100;

	/** Nothing wrong. */
	public static final Verdict PASS = new Verdict("pass", NORMAL);

	public Verdict {
		if (!suggest.matches("pass|review|risky")) {
			throw new IllegalArgumentException("a verdict is pass, review or risky");
		}
	}

	public boolean risky() {
		return "risky".equals(this.suggest);
	}

}
