package cn.qingfeng.quiz.attempt;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
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

	Map<UUID, SavedAnswer> byQuestion() {
		return this.answers.stream().collect(Collectors.toMap(SavedAnswer::questionId, Function.identity()));
	}

	/** As they count: what a correction gave to all was answered rightly by everybody. */
	private Collection<SavedAnswer> counted(PublishedRound round, AnswerKey key) {
		if (key.everyoneRight().isEmpty()) {
			return this.answers;
		}
		Stream<SavedAnswer> given = Paper.draw(round, this.attempt.memberId(), this.attempt.number())
			.questions()
			.stream()
			.map(PaperQuestion::id)
			.filter(key.everyoneRight()::contains)
			.map(SavedAnswer::givenToAll);
		return Stream
			.concat(this.answers.stream().filter((answer) -> !key.everyoneRight().contains(answer.questionId())), given)
			.toList();
	}

	Score score(PublishedRound round, AnswerKey key) {
		return Score.of(round.questionCount(), counted(round, key), key, round.passMark());
	}

	/** As handed in at that time, scored by that key. */
	AnsweredAttempt closed(Instant at, PublishedRound round, AnswerKey key) {
		return new AnsweredAttempt(this.attempt.closed(at, score(round, key), key.version()), this.answers);
	}

	/** Sum of the versions, which grows when one of the answers changes. */
	long versions() {
		return this.answers.stream().mapToLong(SavedAnswer::version).sum();
	}

}
