package cn.qingfeng.platform.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How often somebody may guess at a secret.
 *
 * @param most wrong guesses in the window; the next must wait until the oldest leaves it
 * @param window over which guesses are counted
 * @param pauses how long to wait after the first, second … wrong guess; the last one
 * stands for all further ones, none means no waiting
 * @param rightForgives whether a right guess wipes out the wrong ones before it
 */
public record GuessLimit(int most, Duration window, List<Duration> pauses, boolean rightForgives) {

	/**
	 * A guess whose check was begun and not ended in this time will not end any more: its
	 * node died or its caller went away. It counts as wrong.
	 */
	static final Duration CHECK_TAKES_AT_MOST = Duration.ofSeconds(15);

	public GuessLimit {
		pauses = List.copyOf(pauses);
	}

	Verdict judge(List<Guess> newestFirst, Instant now) {
		List<Guess> wrong = newestFirst.stream().filter((guess) -> guess.countsAsWrong(now)).toList();
		if (wrong.size() >= this.most) {
			return new Refused(wrong.get(this.most - 1).at().plus(this.window));
		}
		if (!wrong.isEmpty() && !this.pauses.isEmpty()) {
			Duration pause = this.pauses.get(Math.min(wrong.size(), this.pauses.size()) - 1);
			Instant next = wrong.getFirst().at().plus(pause);
			if (next.isAfter(now)) {
				return new Refused(next);
			}
		}
		return (newestFirst.size() >= this.most) ? new Undecided() : new Allowed();
	}

	/**
	 * One guess.
	 *
	 * @param at when it was made
	 * @param pending whether it is still being checked
	 */
	record Guess(Instant at, boolean pending) {

		boolean countsAsWrong(Instant now) {
			return !this.pending || this.at.plus(CHECK_TAKES_AT_MOST).isBefore(now);
		}

	}

	/**
	 * What becomes of the next guess.
	 */
	sealed interface Verdict {

	}

	/** It may be checked. */
	record Allowed() implements Verdict {

	}

	/** Guesses that are being checked may use up the budget: wait for them. */
	record Undecided() implements Verdict {

	}

	/**
	 * Not before that time.
	 *
	 * @param until when to come back
	 */
	record Refused(Instant until) implements Verdict {

	}

}
