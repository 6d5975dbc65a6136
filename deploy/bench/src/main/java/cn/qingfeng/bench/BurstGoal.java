package cn.qingfeng.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * All members within a window: what the slowest of them sees.
 *
 * @param name of the goal
 * @param window within which they come
 * @param cold whether the server is started anew and was ready only five seconds ago
 * @param p99 of both kinds of calls
 * @param max of both kinds of calls, null when it is not bounded
 */
record BurstGoal(String name, Duration window, boolean cold, Bound p99, @Nullable Bound max) implements Goal {

	private static final Duration AFTER_READY = Duration.ofSeconds(5);

	private static final Bound NO_ERRORS = new Bound(Bound.Sign.AT_MOST, 0, 0, "");

	@Override
	public List<Line> measure(Stage stage, Options options) {
		Rounds<Burst.Outcome> rounds = new Rounds<>();
		int repetitions = this.cold ? options.rounds() : 2;
		for (int repetition = 0; repetition < repetitions; repetition++) {
			Burst.Outcome outcome = run(stage);
			Progress.say("%s paper %s, submission %s, %d errors %s", this.name, outcome.papers(), outcome.submissions(),
					outcome.errors(), outcome.failure());
			if (this.cold || repetition == 1) {
				rounds.add(outcome);
			}
		}
		return lines(rounds.median(Burst.Outcome::p99));
	}

	private Burst.Outcome run(Stage stage) {
		Papers papers = stage.data().open(1);
		if (this.cold) {
			stage.server().restart();
			Pause.of(AFTER_READY);
		}
		try (Burst burst = new Burst(stage.server().port())) {
			Burst.Outcome outcome = burst.run(papers, this.window, this.window.dividedBy(4));
			stage.data().requireClosed(papers, outcome.acknowledged());
			return outcome;
		}
	}

	private List<Line> lines(Burst.Outcome outcome) {
		String visits = "%,d in %d s".formatted(PaperData.MEMBERS, this.window.toSeconds());
		List<Line> lines = new ArrayList<>();
		lines.add(new Line(this.name + " paper p99", visits + ", p50 %.2f ms".formatted(outcome.papers().p50()), "",
				outcome.papers().p99(), this.p99));
		lines.add(new Line(this.name + " submit p99", visits + ", p50 %.2f ms".formatted(outcome.submissions().p50()),
				"", outcome.submissions().p99(), this.p99));
		if (this.max != null) {
			lines.add(new Line(this.name + " max",
					"paper %.0f, submission %.0f ms".formatted(outcome.papers().max(), outcome.submissions().max()), "",
					outcome.max(), this.max));
		}
		lines.add(new Line(this.name + " errors", "%d of %,d calls".formatted(outcome.errors(), 2 * PaperData.MEMBERS),
				"", outcome.errors(), NO_ERRORS));
		return lines;
	}

}
