package cn.qingfeng.quiz.attempt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import cn.qingfeng.quiz.round.AnswerKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScoreTests {

	@Test
	void anIndependentScorerAgreesOn10000RandomPapers() {
		Random random = new Random(20261122);
		for (int n = 0; n < 10_000; n++) {
			RandomPaper paper = RandomPaper.of(random);
			int correct = paper.correctByHand();
			Score score = Score.of(paper.size(), paper.chosen, new AnswerKey(paper.key), 60);
			assertThat(score.correct()).isEqualTo(correct);
			assertThat(score.points()).isEqualTo((int) Math.floor(correct * 100.0 / paper.size() + 1e-9));
			assertThat(score.passed()).isEqualTo(correct * 100 >= 60 * paper.size());
		}
	}

	@Test
	void onlyAFaultlessPaperHasFullMarks() {
		UUID one = UUID.randomUUID();
		UUID two = UUID.randomUUID();
		AnswerKey key = new AnswerKey(Map.of(one, entry(5), two, entry(1)));
		assertThat(Score.of(2, Map.of(one, 5, two, 1), key, 60)).isEqualTo(new Score(2, 100, true));
		assertThat(Score.of(2, Map.of(one, 4, two, 1), key, 60)).isEqualTo(new Score(1, 50, false));
		assertThat(Score.of(2, Map.of(one, 7), key, 60)).isEqualTo(new Score(0, 0, false));
		assertThat(Score.of(2, Map.of(one, 0), key, 0)).isEqualTo(new Score(0, 0, true));
	}

	private static AnswerKey.Entry entry(int options) {
		return new AnswerKey.Entry(options, "why", "where");
	}

	/** Sets of positions beside the bits, so that the scorer here shares nothing. */
	private static final class RandomPaper {

		private final Map<UUID, AnswerKey.Entry> key = new HashMap<>();

		private final Map<UUID, Integer> chosen = new HashMap<>();

		private final List<Set<Integer>> right = new ArrayList<>();

		private final List<Set<Integer>> given = new ArrayList<>();

		static RandomPaper of(Random random) {
			RandomPaper paper = new RandomPaper();
			int questions = 1 + random.nextInt(30);
			for (int i = 0; i < questions; i++) {
				paper.add(random);
			}
			return paper;
		}

		private void add(Random random) {
			UUID id = new UUID(random.nextLong(), random.nextLong());
			Set<Integer> right = positions(1 + random.nextInt(15));
			boolean known = random.nextBoolean();
			Set<Integer> given = known ? right : positions(random.nextInt(16));
			this.right.add(right);
			this.given.add(given);
			this.key.put(id, entry(bits(right)));
			if (!given.isEmpty() || random.nextBoolean()) {
				this.chosen.put(id, bits(given));
			}
		}

		int size() {
			return this.right.size();
		}

		int correctByHand() {
			int correct = 0;
			for (int i = 0; i < this.right.size(); i++) {
				boolean all = this.given.get(i).containsAll(this.right.get(i));
				boolean only = this.right.get(i).containsAll(this.given.get(i));
				correct += (all && only) ? 1 : 0;
			}
			return correct;
		}

		private static Set<Integer> positions(int pattern) {
			Set<Integer> positions = new TreeSet<>();
			for (int i = 0; i < 4; i++) {
				if (pattern / (int) Math.pow(2, i) % 2 == 1) {
					positions.add(i);
				}
			}
			return positions;
		}

		private static int bits(Set<Integer> positions) {
			return positions.stream().mapToInt((position) -> (int) Math.pow(2, position)).sum();
		}

	}

}
