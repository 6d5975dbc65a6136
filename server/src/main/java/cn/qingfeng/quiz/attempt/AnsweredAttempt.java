package cn.qingfeng.quiz.attempt;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import cn.qingfeng.quiz.round.AnswerKey;
import cn.qingfeng.quiz.round.PublishedRound;

/**
 * An attempt with its answers.
 *
 * @param attempt open or closed
 * @param answers in no order
 */
record AnsweredAttempt(Attempt attempt, Collection<SavedAnswer> answers) {

	AnsweredAttempt {
		answers = List.copyOf(answers);
	}

	Map<UUID, Integer> chosen() {
		return this.answers.stream().collect(Collectors.toMap(SavedAnswer::questionId, SavedAnswer::options));
	}

	/** As they count: what a correction gave to all was answered rightly by everybody. */
	Map<UUID, Integer> counted(PublishedRound round, AnswerKey key) {
		if (key.everyoneRight().isEmpty()) {
			return chosen();
		}
		Map<UUID, Integer> counted = new HashMap<>(chosen());
		Paper.draw(round, this.attempt.memberId(), this.attempt.number())
			.questions()
			.stream()
			.map(PaperQuestion::id)
			.filter(key.everyoneRight()::contains)
			.forEach((question) -> counted.put(question, key.of(question).options()));
		return counted;
	}

	Score score(PublishedRound round, AnswerKey key) {
		return Score.of(round.questionCount(), counted(round, key), key, round.passMark());
	}

	AnsweredAttempt plus(AnsweredAttempt other) {
		return new AnsweredAttempt(this.attempt, Stream.concat(this.answers.stream(), other.answers.stream()).toList());
	}

}
