package cn.qingfeng.quiz.attempt;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import cn.qingfeng.contract.member.model.AttemptState;
import cn.qingfeng.contract.member.model.AttemptSummary;
import cn.qingfeng.contract.member.model.QuizName;
import cn.qingfeng.contract.member.model.Result;
import cn.qingfeng.contract.member.model.ResultCorrection;
import cn.qingfeng.contract.member.model.Review;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.quiz.attempt.Attempt.Outcome;
import cn.qingfeng.quiz.attempt.AttemptRepository.TitledAttempt;
import cn.qingfeng.quiz.attempt.MarkedAttempt.Regraded;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Attempts as the contract writes them.
 */
@Component
class AttemptBodies {

	private final AttemptMapper mapper;

	private final Clock clock;

	AttemptBodies(AttemptMapper mapper, Clock clock) {
		this.mapper = mapper;
		this.clock = clock;
	}

	cn.qingfeng.contract.member.model.Attempt attempt(MarkedPaper marked) {
		Attempt attempt = marked.answered().attempt();
		AttemptBody body = new AttemptBody(marked.sheet().prepared().questions());
		body.setId(attempt.id());
		body.setQuizId(attempt.roundId().value());
		body.setState(state(attempt));
		body.setStartedAt(BusinessTime.at(attempt.startedAt()));
		body.setDeadline(BusinessTime.at(attempt.deadline()));
		body.setServerTime(BusinessTime.now(this.clock));
		body.setAnswers(answers(marked));
		body.setResult(attempt.isOpen() ? null : result(marked.marked()));
		return body;
	}

	/** Of an attempt that has been handed in. */
	Result result(MarkedAttempt marked) {
		Outcome outcome = Objects.requireNonNull(marked.answered().attempt().outcome());
		Result result = new Result();
		result.setScore(outcome.score().points());
		result.setTotal(Score.FULL_MARKS);
		result.setCorrect(outcome.score().correct());
		result.setPassed(outcome.score().passed());
		result.setSubmittedAt(BusinessTime.at(outcome.submittedAt()));
		result.setReview(review(marked));
		result.setCorrections(
				marked.regradings().stream().map((regraded) -> correction(regraded, marked.review() != null)).toList());
		return result;
	}

	AttemptSummary summary(TitledAttempt titled) {
		Attempt attempt = titled.attempt();
		Outcome outcome = attempt.outcome();
		AttemptSummary summary = new AttemptSummary();
		summary.setId(attempt.id());
		summary.setQuiz(new QuizName(attempt.roundId().value(), titled.title()));
		summary.setState(state(attempt));
		summary.setStartedAt(BusinessTime.at(attempt.startedAt()));
		if (outcome != null) {
			summary.setSubmittedAt(BusinessTime.at(outcome.submittedAt()));
			summary.setScore(outcome.score().points());
		}
		return summary;
	}

	/** The reason tells of the key, so it keeps to the same policy. */
	private static ResultCorrection correction(Regraded regraded, boolean reviewed) {
		return new ResultCorrection(BusinessTime.at(regraded.at()), regraded.before().points(),
				regraded.after().points(), regraded.before().passed(), regraded.after().passed(),
				reviewed ? regraded.reason() : null);
	}

	private @Nullable Review review(MarkedAttempt marked) {
		return (marked.review() != null) ? new Review(marked.review().stream().map(this.mapper::reviewed).toList())
				: null;
	}

	private static Map<String, cn.qingfeng.contract.member.model.SavedAnswer> answers(MarkedPaper marked) {
		Map<String, cn.qingfeng.contract.member.model.SavedAnswer> answers = new HashMap<>();
		for (SavedAnswer answer : marked.answered().answers()) {
			PaperQuestion question = marked.sheet().paper().question(answer.questionId()).orElseThrow();
			answers.put(answer.questionId().toString(), new cn.qingfeng.contract.member.model.SavedAnswer(
					question.optionIds(answer.options()), answer.text(), answer.version()));
		}
		return answers;
	}

	private static AttemptState state(Attempt attempt) {
		return attempt.isOpen() ? AttemptState.OPEN : AttemptState.SUBMITTED;
	}

}
