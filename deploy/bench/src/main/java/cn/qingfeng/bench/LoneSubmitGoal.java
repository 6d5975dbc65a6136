package cn.qingfeng.bench;

import java.util.List;

/**
 * Handing in with nobody else there: what batching adds to a lone caller's time.
 */
record LoneSubmitGoal() implements Goal {

	private static final Bound RATIO = Bound.atMost(2.5, 2.1);

	@Override
	public String name() {
		return "G1c";
	}

	@Override
	public List<Line> measure(Stage stage, Options options) {
		Rounds<Pair> rounds = new Rounds<>();
		for (int round = 0; round < options.rounds(); round++) {
			Papers ofLimit = stage.data().open(1);
			Papers ofProduct = stage.data().open(1);
			Measured limit = stage.submitByPgbench(ofLimit, 1);
			Cpu product = stage.submit(ofProduct, 1, options.fetched());
			Progress.say("G1c pgbench c1: %s", limit);
			Progress.say("G1c server c1: %s", product);
			rounds.add(new Pair(limit.latencies(), product.load().latencies()));
		}
		Pair quoted = rounds.median(Pair::ratio);
		return List.of(new Line("G1c p50", "%.3f ms at c1".formatted(quoted.product().p50()),
				"%.3f ms pgbench c1".formatted(quoted.limit().p50()), quoted.ratio(), RATIO));
	}

	private record Pair(Latencies limit, Latencies product) {

		double ratio() {
			return this.product.p50() / this.limit.p50();
		}

	}

}
