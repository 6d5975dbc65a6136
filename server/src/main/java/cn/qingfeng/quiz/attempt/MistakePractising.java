package cn.qingfeng.quiz.attempt;

import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.problem.NotFoundProblem;
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
	 * @param optionIds chosen
	 * @return the verdict; 404 for what is not in the book, 422 for options that are not
	 */
	Mono<Verdict> practise(UUID memberId, UUID questionId, List<String> optionIds) {
		return this.book.find(memberId, questionId)
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.flatMap((mistake) -> judged(memberId, mistake, mistake.question().bits(optionIds)));
	}

	private Mono<Verdict> judged(UUID memberId, Mistake mistake, int chosen) {
		boolean correct = chosen == mistake.key().options();
		return this.book.practised(memberId, mistake, correct)
			.map((rightInARow) -> new Verdict(mistake, correct, rightInARow >= Mistake.MASTERY));
	}

	/**
	 * How it went.
	 *
	 * @param mistake what was practised
	 * @param correct whether exactly the right options were chosen
	 * @param mastered whether it need not be practised again
	 */
	record Verdict(Mistake mistake, boolean correct, boolean mastered) {

	}

}
