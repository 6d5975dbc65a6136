package cn.qingfeng.bench;

/**
 * What a figure must be, and what would be better still.
 *
 * @param sign which side of the bound is good
 * @param mustBe the bound
 * @param shouldBe the better one
 * @param unit of all three, empty for a ratio
 */
record Bound(Sign sign, double mustBe, double shouldBe, String unit) {

	static Bound atLeast(double must, double stretch) {
		return new Bound(Sign.AT_LEAST, must, stretch, "");
	}

	static Bound atMost(double must, double stretch) {
		return new Bound(Sign.AT_MOST, must, stretch, "");
	}

	static Bound atMostMillis(double must, double stretch) {
		return new Bound(Sign.AT_MOST, must, stretch, " ms");
	}

	String must() {
		return this.sign.text + text(this.mustBe);
	}

	String stretch() {
		return this.sign.text + text(this.shouldBe);
	}

	String text(double value) {
		return (this.unit.isEmpty() ? "%.2f" : "%,.0f").formatted(value) + this.unit;
	}

	String met(double value) {
		if (isGood(value, this.shouldBe)) {
			return "yes, stretch";
		}
		return isGood(value, this.mustBe) ? "yes" : "NO";
	}

	private boolean isGood(double value, double bound) {
		return switch (this.sign) {
			case AT_LEAST -> value >= bound;
			case AT_MOST -> value <= bound;
		};
	}

	enum Sign {

		AT_LEAST(">="), AT_MOST("<=");

		private final String text;

		Sign(String text) {
			this.text = text;
		}

	}

}
