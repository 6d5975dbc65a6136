package cn.qingfeng.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the speed goals and prints them.
 */
final class Bench {

	private static final List<Goal> GOALS = List.of(
			new SubmitGoal("G1", 32, 16, Bound.atLeast(0.55, 0.70), Bound.atMostMillis(15, 8)),
			new SubmitGoal("G1b", 256, 16, Bound.atLeast(1.0, 1.2), Bound.atMostMillis(35, 35)), new LoneSubmitGoal(),
			new PaperGoal(),
			new BurstGoal("G6", Duration.ofSeconds(60), false, Bound.atMostMillis(50, 20),
					Bound.atMostMillis(300, 300)),
			new BurstGoal("G6b", Duration.ofSeconds(4), false, Bound.atMostMillis(100, 60),
					Bound.atMostMillis(300, 300)),
			new BurstGoal("G6c", Duration.ofSeconds(10), true, Bound.atMostMillis(1_000, 400), null));

	private Bench() {
	}

	/**
	 * Runs it.
	 * @param arguments {@code --quick --profile --fetched --only=G1,G2}
	 */
	public static void main(String[] arguments) {
		try {
			run(Options.of(arguments, GOALS.stream().map(Goal::name).toList()));
		}
		catch (BenchException ex) {
			System.err.println(ex.getMessage() + ((ex.getCause() != null) ? ": " + ex.getCause() : ""));
			System.exit(1);
		}
	}

	private static void run(Options options) {
		Pgbench.requireInstalled();
		String machine = Machine.line();
		Progress.say("Starting database, Redis, server and bare server ...");
		List<Line> lines = new ArrayList<>();
		try (Stage stage = Stage.open(Path.of("bench").toAbsolutePath(), options.profile())) {
			Progress.say("Warming up for %d s ...", options.warmUp().toSeconds());
			stage.warmUp(options.warmUp());
			GOALS.stream()
				.filter((goal) -> options.wants(goal.name()))
				.forEach((goal) -> lines.addAll(goal.measure(stage, options)));
		}
		Progress.say("%n%s", Line.HEAD);
		lines.forEach((line) -> Progress.say("%s", line));
		Progress.say("%n%s%s", machine, options.quick() ? "; one short round: nothing to quote" : "");
	}

}
