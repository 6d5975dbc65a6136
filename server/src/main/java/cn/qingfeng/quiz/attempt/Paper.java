package cn.qingfeng.quiz.attempt;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import cn.qingfeng.quiz.bank.QuestionKind;
import cn.qingfeng.quiz.round.PoolQuestion;
import cn.qingfeng.quiz.round.PublishedRound;

/**
 * One member's own paper. It is not stored: the round, the member and the number of the
 * attempt always give the same one. It knows no key.
 *
 * @param questions in their order
 */
record Paper(List<PaperQuestion> questions) {

	Paper {
		questions = List.copyOf(questions);
	}

	/** Draws by each rule, then shuffles the questions and the options of each. */
	static Paper draw(PublishedRound round, UUID memberId, int number) {
		PaperRandom random = PaperRandom.of(round.seed(), memberId, number);
		List<PoolQuestion> drawn = round.pools()
			.stream()
			.flatMap((pool) -> random.draw(pool.count(), pool.questions()).stream())
			.toList();
		return new Paper(random.shuffle(drawn).stream().map((question) -> lay(question, random)).toList());
	}

	Optional<PaperQuestion> question(UUID id) {
		return this.questions.stream().filter((question) -> question.id().equals(id)).findFirst();
	}

	private static PaperQuestion lay(PoolQuestion question, PaperRandom random) {
		List<PaperOption> options = IntStream.range(0, question.options().size())
			.mapToObj((option) -> new PaperOption(question.options().get(option), option))
			.toList();
		// "Right" stands before "wrong" wherever people judge statements.
		boolean fixed = question.kind() == QuestionKind.TRUE_FALSE;
		return new PaperQuestion(question.id(), question.kind(), question.stem(),
				fixed ? options : random.shuffle(options), question.blanks(), random.names(question.id()));
	}

}
