package cn.qingfeng.bench;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fetching a paper, each member the own one, against a bare server with the same bytes.
 */
record PaperGoal() implements Goal {

	private static final Bound RATE = Bound.atLeast(0.40, 0.55);

	/** What is not of the fetches themselves: loops in the background. */
	private static final Bound STATEMENTS = Bound.atMost(0.01, 0.005);

	@Override
	public String name() {
		return "G2";
	}

	@Override
	public List<Line> measure(Stage stage, Options options) {
		Papers papers = stage.data().open(1);
		stage.read(papers, options.reading().multipliedBy(2));
		Rounds<Pair> rounds = new Rounds<>();
		for (int round = 0; round < options.rounds(); round++) {
			Measured limit = stage.readBare(options.reading());
			Cpu product = Cpu.of(stage.server(), () -> stage.read(papers, options.reading()));
			Progress.say("G2 bare server c32: %s", limit);
			Progress.say("G2 server c32: %s", product);
			rounds.add(new Pair(limit, product.load()));
		}
		Pair quoted = rounds.median(Pair::ratio);
		return List.of(new Line("G2 rate",
				"%,.0f/s at c32, p99 %.2f ms".formatted(quoted.product().rate(), quoted.product().latencies().p99()),
				"%,.0f/s bare".formatted(quoted.limit().rate()), quoted.ratio(), RATE),
				statements(stage, papers, options));
	}

	private static Line statements(Stage stage, Papers papers, Options options) {
		AtomicInteger fetches = new AtomicInteger();
		Statements.Counted counted = stage.statements()
			.during(() -> fetches.set(stage.read(papers, options.reading()).done()));
		counted.most().forEach((statement) -> Progress.say("G2 statements: %s", statement));
		return new Line("G2 statements", "%,d in %,d fetches".formatted(counted.calls(), fetches.get()), "",
				(double) counted.calls() / fetches.get(), STATEMENTS);
	}

	private record Pair(Measured limit, Measured product) {

		double ratio() {
			return this.product.rate() / this.limit.rate();
		}

	}

}
