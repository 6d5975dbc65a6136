package cn.qingfeng.bench;

import java.util.List;

/**
 * Handing papers in, against {@code pgbench} with the same SQL a row at a time. The
 * answer of the product means that the result is durable.
 *
 * @param name of the goal
 * @param connections that call
 * @param clients of {@code pgbench}
 * @param rate of the product to the limit's
 * @param p99 of the product
 */
record SubmitGoal(String name, int connections, int clients, Bound rate, Bound p99) implements Goal {

	@Override
	public List<Line> measure(Stage stage, Options options) {
		Rounds<Pair> rounds = new Rounds<>();
		for (int round = 0; round < options.rounds(); round++) {
			Papers ofLimit = stage.data().open(options.quizzes());
			Papers ofProduct = stage.data().open(options.quizzes());
			Measured limit = stage.submitByPgbench(ofLimit, this.clients);
			Cpu product = stage.submit(ofProduct, this.connections, options.fetched());
			Progress.say("%s pgbench c%d: %s", this.name, this.clients, limit);
			Progress.say("%s server c%d: %s", this.name, this.connections, product);
			rounds.add(new Pair(limit, product.load()));
		}
		Pair quoted = rounds.median(Pair::ratio);
		return List
			.of(new Line(this.name + " rate", "%,.0f/s at c%d".formatted(quoted.product().rate(), this.connections),
					"%,.0f/s pgbench c%d".formatted(quoted.limit().rate(), this.clients), quoted.ratio(), this.rate),
					new Line(this.name + " p99", "p50 %.2f ms".formatted(quoted.product().latencies().p50()), "",
							rounds.medianOf((pair) -> pair.product().latencies().p99()), this.p99));
	}

	private record Pair(Measured limit, Measured product) {

		double ratio() {
			return this.product.rate() / this.limit.rate();
		}

	}

}
