package cn.qingfeng.quiz.attempt;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.quiz.bank.QuestionKind;
import cn.qingfeng.quiz.round.PublishedRound;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PaperTests {

	private static final int MEMBERS = 10_000;

	@Test
	void theSameMemberAlwaysHasTheSamePaper() {
		PublishedRound round = PaperFixtures.round("same", PaperFixtures.pool(20, 60, QuestionKind.SINGLE, 0));
		assertThat(Paper.draw(round, member(7), 1)).isEqualTo(Paper.draw(round, member(7), 1));
	}

	@Test
	void membersAttemptsAndSeedsHaveDifferentPapers() {
		PublishedRound round = PaperFixtures.round("one", PaperFixtures.pool(20, 60, QuestionKind.SINGLE, 0));
		PublishedRound other = PaperFixtures.round("other", PaperFixtures.pool(20, 60, QuestionKind.SINGLE, 0));
		Paper paper = Paper.draw(round, member(7), 1);
		assertThat(Paper.draw(round, member(8), 1)).isNotEqualTo(paper);
		assertThat(Paper.draw(round, member(7), 2)).isNotEqualTo(paper);
		assertThat(Paper.draw(other, member(7), 1)).isNotEqualTo(paper);
	}

	@Test
	void aPaperHoldsWhatEachRuleAsksForAndNothingTwice() {
		PublishedRound round = PaperFixtures.round("rules", PaperFixtures.pool(5, 9, QuestionKind.SINGLE, 0),
				PaperFixtures.pool(4, 4, QuestionKind.TRUE_FALSE, 100),
				PaperFixtures.pool(3, 8, QuestionKind.MULTIPLE, 200));
		for (int n = 0; n < 200; n++) {
			List<PaperQuestion> questions = Paper.draw(round, member(n), 1).questions();
			assertThat(questions.stream().map(PaperQuestion::id).distinct()).hasSize(12);
			assertThat(questions.stream()
				.map(PaperQuestion::kind)
				.collect(Collectors.groupingBy((kind) -> kind, Collectors.counting())))
				.containsEntry(QuestionKind.SINGLE, 5L)
				.containsEntry(QuestionKind.TRUE_FALSE, 4L)
				.containsEntry(QuestionKind.MULTIPLE, 3L);
		}
	}

	@Test
	void eachQuestionOfABankOf500IsDrawnEquallyOften() {
		PublishedRound round = PaperFixtures.round("uniform", PaperFixtures.pool(20, 500, QuestionKind.SINGLE, 0));
		long[] drawn = new long[500];
		for (int n = 0; n < MEMBERS; n++) {
			Paper.draw(round, member(n), 1)
				.questions()
				.forEach((question) -> drawn[(int) question.id().getLeastSignificantBits()]++);
		}
		// Drawn without replacement, so each draw of 20 varies less by (1 - 20/500).
		assertThat(chiSquare(drawn, MEMBERS * 20 / 500.0) / (1 - 20 / 500.0)).isBetween(426.0, 577.0);
	}

	@Test
	void eachOptionStandsInEachPlaceEquallyOften() {
		PublishedRound round = PaperFixtures.round("places", PaperFixtures.pool(1, 1, QuestionKind.SINGLE, 0));
		long[] places = new long[16];
		for (int n = 0; n < MEMBERS; n++) {
			List<PaperOption> options = Paper.draw(round, member(n), 1).questions().getFirst().options();
			IntStream.range(0, 4).forEach((place) -> places[4 * place + options.get(place).position()]++);
		}
		assertThat(chiSquare(places, MEMBERS / 4.0)).isLessThan(30.6);
	}

	@Test
	void eachQuestionStandsInEachPlaceEquallyOften() {
		PublishedRound round = PaperFixtures.round("order", PaperFixtures.pool(5, 5, QuestionKind.SINGLE, 0),
				PaperFixtures.pool(5, 5, QuestionKind.MULTIPLE, 5));
		long[] first = new long[10];
		for (int n = 0; n < MEMBERS; n++) {
			first[(int) Paper.draw(round, member(n), 1).questions().getFirst().id().getLeastSignificantBits()]++;
		}
		assertThat(chiSquare(first, MEMBERS / 10.0)).isLessThan(21.7);
	}

	@Test
	void namesOfOptionsAreOfOnePaperOnly() {
		PublishedRound round = PaperFixtures.round("names", PaperFixtures.pool(20, 20, QuestionKind.MULTIPLE, 0));
		Set<String> names = new HashSet<>();
		for (int n = 0; n < 50; n++) {
			Paper.draw(round, member(n), 1).questions().forEach((question) -> names.addAll(question.optionIds()));
		}
		assertThat(names).hasSize(50 * 20 * 4).allMatch((name) -> name.matches("[A-Za-z0-9_-]{8}"));
	}

	@Test
	void eachOfTenOptionsHasItsOwnNameWhateverIsAskedWithIt() {
		PaperKey key = PaperKey.of(PaperFixtures.seed("ten"), member(1), 1);
		OptionNames names = key.names().of(new UUID(0, 1));
		List<PaperOption> options = IntStream.range(0, 10).mapToObj((n) -> new PaperOption("option " + n, n)).toList();
		List<String> together = names.of(options);
		assertThat(together).doesNotHaveDuplicates();
		assertThat(options.reversed().stream().flatMap((option) -> names.of(List.of(option)).stream()))
			.containsExactlyElementsOf(together.reversed());
	}

	@Test
	void aStatementKeepsRightBeforeWrong() {
		PublishedRound round = PaperFixtures.round("fixed", PaperFixtures.pool(9, 9, QuestionKind.TRUE_FALSE, 0));
		assertThat(Paper.draw(round, member(1), 1).questions())
			.allMatch((question) -> question.options().getFirst().position() == 0);
	}

	@Test
	void anAnswerGoesThereAndBack() {
		PaperQuestion question = question(QuestionKind.MULTIPLE);
		List<String> chosen = question.optionIds().stream().skip(1).toList();
		assertThat(question.optionIds(question.bits(chosen))).isEqualTo(chosen);
		assertThat(question.bits(List.of())).isZero();
	}

	@Test
	void whatNoPhoneWouldSendIsRefused() {
		PaperQuestion single = question(QuestionKind.SINGLE);
		String one = single.optionIds().getFirst();
		String other = single.optionIds().getLast();
		for (List<String> nonsense : List.of(List.of("a"), List.of(one, other), List.of(one, one))) {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> single.bits(nonsense))
				.matches((problem) -> problem.status().value() == 422);
		}
	}

	private static PaperQuestion question(QuestionKind kind) {
		PublishedRound round = PaperFixtures.round("answers", PaperFixtures.pool(1, 1, kind, 0));
		return Paper.draw(round, member(1), 1).questions().getFirst();
	}

	private static double chiSquare(long[] counts, double expected) {
		double sum = 0;
		for (long count : counts) {
			sum += (count - expected) * (count - expected) / expected;
		}
		return sum;
	}

	private static UUID member(int n) {
		return new UUID(42, n);
	}

}
