package cn.qingfeng.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the command line asks for.
 *
 * @param quick one round and shorter loads: to see whether it works, not to quote
 * @param profile whether the server records a flight
 * @param fetched whether each paper is fetched shortly before it is handed in
 * @param only the goals to measure, empty for all
 */
record Options(boolean quick, boolean profile, boolean fetched, Set<String> only) {

	private static final String USAGE = "Known options: --quick --profile --fetched --only=G1,G2";

	private static final String ONLY = "--only=";

	Options {
		only = Set.copyOf(only);
	}

	static Options of(String[] arguments, List<String> goals) {
		Set<String> given = new HashSet<>(List.of(arguments));
		Set<String> only = given.stream()
			.filter((argument) -> argument.startsWith(ONLY))
			.flatMap((argument) -> Arrays.stream(argument.substring(ONLY.length()).split(",")))
			.collect(Collectors.toSet());
		Options options = new Options(given.remove("--quick"), given.remove("--profile"), given.remove("--fetched"),
				only);
		given.removeIf((argument) -> argument.startsWith(ONLY));
		if (!given.isEmpty()) {
			throw new BenchException("What is " + String.join(" ", given) + "? " + USAGE);
		}
		if (!goals.containsAll(only)) {
			throw new BenchException("Goals that can be measured: " + String.join(",", goals));
		}
		return options;
	}

	boolean wants(String goal) {
		return this.only.isEmpty() || this.only.contains(goal);
	}

	/** Limit and product by turns, so often. */
	int rounds() {
		return this.quick ? 1 : 3;
	}

	/** Of load before anything counts. */
	Duration warmUp() {
		return Duration.ofSeconds(30);
	}

	/** Papers that one measurement of a rate hands in, in quizzes. */
	int quizzes() {
		return this.quick ? 3 : 6;
	}

	/** Of one measurement of reads. */
	Duration reading() {
		return this.quick ? Duration.ofSeconds(4) : Duration.ofSeconds(8);
	}

}
