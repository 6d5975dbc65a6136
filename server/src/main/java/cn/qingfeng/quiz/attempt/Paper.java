package cn.qingfeng.quiz.attempt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import cn.qingfeng.quiz.bank.QuestionKind;
import cn.qingfeng.quiz.round.PoolQuestion;
import cn.qingfeng.quiz.round.PublishedRound;

/**
 * One member's own paper. It is not stored: the round, the member and the number of the
 * attempt always give the same one. It knows no key. Thousands are in memory at once, so
 * it is the order of what the round holds anyway, laid out when somebody asks.
 */
final class Paper {

	private final PaperKey key;

	private final List<PoolQuestion> questions;

	/** The author's positions of all options, question by question. */
	private final byte[] options;

	private Paper(PaperKey key, List<PoolQuestion> questions, byte[] options) {
		this.key = key;
		this.questions = questions;
		this.options = options;
	}

	/** Draws by each rule, then shuffles the questions and the options of each. */
	static Paper draw(PublishedRound round, UUID memberId, int number) {
		PaperKey key = PaperKey.of(round.seed(), memberId, number);
		PaperRandom random = new PaperRandom(key);
		List<PoolQuestion> drawn = round.pools()
			.stream()
			.flatMap((pool) -> random.draw(pool.count(), pool.questions()).stream())
			.toList();
		List<PoolQuestion> questions = random.shuffle(drawn);
		byte[] options = new byte[questions.stream().mapToInt((question) -> question.options().size()).sum()];
		int next = 0;
		for (PoolQuestion question : questions) {
			for (int option : order(question, random)) {
				options[next++] = (byte) option;
			}
		}
		return new Paper(key, questions, options);
	}

	private static List<Integer> order(PoolQuestion question, PaperRandom random) {
		List<Integer> author = IntStream.range(0, question.options().size()).boxed().toList();
		// "Right" stands before "wrong" wherever people judge statements.
		return (question.kind() != QuestionKind.TRUE_FALSE) ? random.shuffle(author) : author;
	}

	/** In the order of this paper. */
	List<PaperQuestion> questions() {
		PaperNames names = this.key.names();
		List<PaperQuestion> laid = new ArrayList<>(this.questions.size());
		int first = 0;
		for (PoolQuestion question : this.questions) {
			laid.add(lay(question, first, names));
			first += question.options().size();
		}
		return laid;
	}

	Optional<PaperQuestion> question(UUID id) {
		int first = 0;
		for (PoolQuestion question : this.questions) {
			if (question.id().equals(id)) {
				return Optional.of(lay(question, first, this.key.names()));
			}
			first += question.options().size();
		}
		return Optional.empty();
	}

	private PaperQuestion lay(PoolQuestion question, int first, PaperNames names) {
		List<PaperOption> laid = IntStream.range(first, first + question.options().size())
			.map((option) -> this.options[option])
			.mapToObj((position) -> new PaperOption(question.options().get(position), position))
			.toList();
		return new PaperQuestion(question.id(), question.kind(), question.stem(), laid, question.blanks(),
				names.of(question.id()));
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Paper paper && this.key.equals(paper.key) && this.questions.equals(paper.questions)
				&& Arrays.equals(this.options, paper.options);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.key, this.questions, Arrays.hashCode(this.options));
	}

	@Override
	public String toString() {
		return "Paper" + this.questions.stream().map(PoolQuestion::id).toList();
	}

}
