package cn.qingfeng.platform.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import cn.qingfeng.platform.limit.GuessLimit.Allowed;
import cn.qingfeng.platform.limit.GuessLimit.Guess;
import cn.qingfeng.platform.limit.GuessLimit.Refused;
import cn.qingfeng.platform.limit.GuessLimit.Undecided;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GuessLimitTests {

	private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");

	private static final GuessLimit LIMIT = new GuessLimit(3, Duration.ofMinutes(15),
			List.of(Duration.ZERO, Duration.ofSeconds(10)), true);

	@Test
	void theFirstGuessIsFree() {
		assertThat(LIMIT.judge(List.of(), NOW)).isEqualTo(new Allowed());
	}

	@Test
	void pausesGrowWithTheWrongGuesses() {
		assertThat(LIMIT.judge(List.of(wrong(1)), NOW)).isEqualTo(new Allowed());
		assertThat(LIMIT.judge(List.of(wrong(1), wrong(2)), NOW)).isEqualTo(new Refused(NOW.plusSeconds(9)));
		assertThat(LIMIT.judge(List.of(wrong(11), wrong(12)), NOW)).isEqualTo(new Allowed());
	}

	@Test
	void theLastGuessWaitsUntilTheOldestLeavesTheWindow() {
		assertThat(LIMIT.judge(List.of(wrong(60), wrong(120), wrong(180)), NOW))
			.isEqualTo(new Refused(NOW.plusSeconds(15 * 60 - 180)));
	}

	@Test
	void aThousandAtOnceAreNoMoreThanTheLimit() {
		List<Guess> pending = IntStream.range(0, 3).mapToObj((i) -> new Guess(NOW, true)).toList();
		assertThat(LIMIT.judge(pending, NOW)).isEqualTo(new Undecided());
	}

	@Test
	void aGuessWhoseCheckNeverEndedCountsAsWrong() {
		Guess abandoned = new Guess(NOW.minusSeconds(16), true);
		assertThat(LIMIT.judge(List.of(abandoned, abandoned, abandoned), NOW)).isInstanceOf(Refused.class);
	}

	private static Guess wrong(int secondsAgo) {
		return new Guess(NOW.minusSeconds(secondsAgo), false);
	}

}
