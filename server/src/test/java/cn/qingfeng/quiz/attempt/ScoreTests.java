package cn.qingfeng.quiz.attempt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import cn.qingfeng.quiz.bank.Part;
import cn.qingfeng.quiz.bank.QuestionKind;
import cn.qingfeng.quiz.bank.Written;
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
			Score score = Score.of(paper.size(), paper.answers, new AnswerKey(paper.key), 60);
			assertThat(score.correct()).isEqualTo(correct);
			int thousandths = (correct - paper.writtenRight) * 1_000 + paper.writtenThousandths;
			assertThat(score.points()).isEqualTo((int) Math.floor(thousandths / 10.0 / paper.size() + 1e-9));
			assertThat(score.passed()).isEqualTo(thousandths >= 600 * paper.size());
		}
	}

	@Test
	void onlyAFaultlessPaperHasFullMarks() {
		UUID one = UUID.randomUUID();
		UUID two = UUID.randomUUID();
		AnswerKey key = new AnswerKey(Map.of(one, entry(5), two, entry(1)));
		assertThat(Score.of(2, List.of(SavedAnswer.chosen(one, 5), SavedAnswer.chosen(two, 1)), key, 60))
			.isEqualTo(new Score(2, 100, true));
		assertThat(Score.of(2, List.of(SavedAnswer.chosen(one, 4), SavedAnswer.chosen(two, 1)), key, 60))
			.isEqualTo(new Score(1, 50, false));
		assertThat(Score.of(2, List.of(SavedAnswer.chosen(one, 7)), key, 60)).isEqualTo(new Score(0, 0, false));
		assertThat(Score.of(2, List.of(SavedAnswer.chosen(one, 0)), key, 0)).isEqualTo(new Score(0, 0, true));
	}

	@Test
	void aWrittenAnswerCountsInProportion() {
		UUID choice = UUID.randomUUID();
		UUID written = UUID.randomUUID();
		Written keywords = new Written(QuestionKind.SHORT,
				List.of(new Part(List.of("民主"), 1), new Part(List.of("集中"), 2)));
		AnswerKey key = new AnswerKey(
				Map.of(choice, entry(1), written, new AnswerKey.Entry(0, keywords, "why", "where")));
		assertThat(Score.of(2, List.of(SavedAnswer.chosen(choice, 1), text(written, "讲集中", null)), key, 84))
			.isEqualTo(new Score(1, 83, false));
		assertThat(Score.of(2, List.of(SavedAnswer.chosen(choice, 1), text(written, "民主集中", null)), key, 84))
			.isEqualTo(new Score(2, 100, true));
		assertThat(Score.of(2, List.of(SavedAnswer.chosen(choice, 1), text(written, "", null)), key, 84))
			.isEqualTo(new Score(1, 50, false));
	}

	@Test
	void whatAPersonGaveCountsBeforeTheKey() {
		UUID written = UUID.randomUUID();
		Written keywords = new Written(QuestionKind.SHORT, List.of(Part.of("民主")));
		AnswerKey key = new AnswerKey(Map.of(written, new AnswerKey.Entry(0, keywords, "why", "where")));
		assertThat(Score.of(1, List.of(text(written, "说得对但用词不同", 900)), key, 60)).isEqualTo(new Score(0, 90, true));
		assertThat(Score.of(1, List.of(text(written, "民主", 0)), key, 60)).isEqualTo(new Score(0, 0, false));
	}

	private static SavedAnswer text(UUID question, String text, Integer mark) {
		return new SavedAnswer(question, 0, text, mark, 1);
	}

	private static AnswerKey.Entry entry(int options) {
		return new AnswerKey.Entry(options, "why", "where");
	}

	/** Sets of positions beside the bits, so that the scorer here shares nothing. */
	private static final class RandomPaper {

		private final Map<UUID, AnswerKey.Entry> key = new HashMap<>();

		private final List<SavedAnswer> answers = new ArrayList<>();

		private final List<Set<Integer>> right = new ArrayList<>();

		private final List<Set<Integer>> given = new ArrayList<>();

		private int written;

		private int writtenRight;

		private int writtenThousandths;

		static RandomPaper of(Random random) {
			RandomPaper paper = new RandomPaper();
			int questions = 1 + random.nextInt(30);
			for (int i = 0; i < questions; i++) {
				if (random.nextInt(3) == 0) {
					paper.addWritten(random);
				}
				else {
					paper.add(random);
				}
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
				this.answers.add(SavedAnswer.chosen(id, bits(given)));
			}
		}

		/** What is right is decided first, and the key and the text are made of that. */
		private void addWritten(Random random) {
			boolean blanks = random.nextBoolean();
			List<Part> parts = new ArrayList<>();
			List<String> lines = new ArrayList<>();
			int all = 0;
			int got = 0;
			for (int part = 0; part < 1 + random.nextInt(5); part++) {
				int weight = 1 + random.nextInt(9);
				boolean right = random.nextInt(3) > 0;
				parts.add(new Part(List.of("甲" + part + "a", "Ｂ " + part + "乙"), weight));
				lines.add(!right ? "错" : random.nextBoolean() ? " 甲" + part + "Ａ" : "b" + part + "\u3000乙");
				all += weight;
				got += right ? weight : 0;
			}
			if (!blanks) {
				Collections.shuffle(lines, random);
			}
			boolean empty = random.nextInt(10) == 0;
			Integer mark = (random.nextInt(10) == 0) ? random.nextInt(1_001) : null;
			int thousandths = (mark != null) ? mark : empty ? 0 : (int) Math.floor(1_000.0 * got / all + 1e-9);
			UUID id = new UUID(random.nextLong(), random.nextLong());
			this.key.put(id, new AnswerKey.Entry(0,
					new Written(blanks ? QuestionKind.FILL_IN : QuestionKind.SHORT, parts), "why", "where"));
			this.answers.add(text(id, empty ? "" : String.join("\n", lines), mark));
			this.written++;
			this.writtenRight += (thousandths == 1_000) ? 1 : 0;
			this.writtenThousandths += thousandths;
		}

		int size() {
			return this.right.size() + this.written;
		}

		int correctByHand() {
			int correct = this.writtenRight;
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
