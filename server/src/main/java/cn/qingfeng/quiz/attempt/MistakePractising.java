package cn.qingfeng.quiz.attempt;

import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.quiz.bank.Written;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Answers a question of the mistakes book again, for the member alone: it changes no
 * score.
 */
@Service
class MistakePractising {

	private final MistakesBook book;

	MistakePractising(MistakesBook book) {
		this.book = book;
	}

	/**
	 * Judges the answer.
	 * @param memberId whose book it is
	 * @param questionId in it
	 * @param optionIds chosen, null when the answer is written
	 * @param text written, null for a choice
	 * @return the verdict; 404 for what is not in the book, 422 for options that are not
	 */
	Mono<Verdict> practise(UUID memberId, UUID questionId, @Nullable List<String> optionIds, @Nullable String text) {
		return this.book.find(memberId, questionId)
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.flatMap((mistake) -> judged(memberId, mistake, credit(mistake, optionIds, text)));
	}

	private static int credit(Mistake mistake, @Nullable List<String> optionIds, @Nullable String text) {
		PaperQuestion question = mistake.question();
		return mistake.key().credit(question.bits(optionIds), question.text(text));
	}

	private Mono<Verdict> judged(UUID memberId, Mistake mistake, int credit) {
		return this.book.practised(memberId, mistake, credit == Written.FULL_CREDIT)
			.map((rightInARow) -> new Verdict(mistake, credit, rightInARow >= Mistake.MASTERY));
	}

	/**
	 * How it went.
	 *
	 * @param mistake what was practised
	 * @param credit thousandths of the question's marks
	 * @param mastered whether it need not be practised again
	 */
	record Verdict(Mistake mistake, int credit, boolean mastered) {

		boolean correct() {
			return this.credit == Written.FULL_CREDIT;
		}

	}

}
