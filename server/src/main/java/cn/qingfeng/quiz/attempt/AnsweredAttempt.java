package cn.qingfeng.quiz.attempt;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

	Map<UUID, SavedAnswer> byQuestion() {
		return this.answers.stream().collect(Collectors.toMap(SavedAnswer::questionId, Function.identity()));
	}

	AnsweredAttempt plus(AnsweredAttempt other) {
		return new AnsweredAttempt(this.attempt, Stream.concat(this.answers.stream(), other.answers.stream()).toList());
	}

}
