package cn.qingfeng.quiz.attempt;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.bank.QuestionKind;
import cn.qingfeng.quiz.round.Pool;
import cn.qingfeng.quiz.round.PoolQuestion;
import cn.qingfeng.quiz.round.PublishedRound;
import cn.qingfeng.quiz.round.ReviewPolicy;
import cn.qingfeng.quiz.round.Seed;

/**
 * Published rounds in memory.
 */
final class PaperFixtures {

	private PaperFixtures() {
	}

	static PublishedRound round(String seed, Pool... pools) {
		Instant opensAt = Instant.parse("2026-11-01T00:00:00Z");
		return new PublishedRound(new RoundId(new UUID(0, 1)), "测试", null, opensAt, opensAt.plusSeconds(86_400), 30, 1,
				60, ReviewPolicy.AFTER_SUBMISSION, seed(seed), List.of(pools));
	}

	/** Questions of the kind, with ids counted from the number. */
	static Pool pool(int count, int size, QuestionKind kind, int from) {
		int options = kind.isWritten() ? 0 : (kind != QuestionKind.TRUE_FALSE) ? 4 : 2;
		return new Pool(count,
				IntStream.range(from, from + size)
					.mapToObj((n) -> new PoolQuestion(new UUID(0, n), kind, "stem " + n,
							IntStream.range(0, options).mapToObj((option) -> "option " + option).toList()))
					.toList());
	}

	static Seed seed(String text) {
		byte[] bytes = new byte[32];
		byte[] given = text.getBytes(StandardCharsets.UTF_8);
		System.arraycopy(given, 0, bytes, 0, given.length);
		return Seed.of(bytes);
	}

}
