package cn.qingfeng.bench;

/**
 * A line of the table.
 *
 * @param goal its name
 * @param measured of the product
 * @param limit what it is measured against, empty for none
 * @param value what the bounds are about: mostly the ratio of the two
 * @param bound what it must and should be
 */
record Line(String goal, String measured, String limit, double value, Bound bound) {

	static final String HEAD = "%-14s %-34s %-26s %9s %9s %9s  %s".formatted("goal", "measured", "limit", "ratio",
			"must", "stretch", "met?");

	@Override
	public String toString() {
		return "%-14s %-34s %-26s %9s %9s %9s  %s".formatted(this.goal, this.measured, this.limit,
				this.bound.text(this.value), this.bound.must(), this.bound.stretch(), this.bound.met(this.value));
	}

}
