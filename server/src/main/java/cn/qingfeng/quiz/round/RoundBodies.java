package cn.qingfeng.quiz.round;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

import cn.qingfeng.contract.admin.model.QuestionPart;
import cn.qingfeng.contract.admin.model.Quiz;
import cn.qingfeng.contract.admin.model.QuizDraft;
import cn.qingfeng.contract.admin.model.QuizQuestion;
import cn.qingfeng.contract.admin.model.QuizQuestions;
import cn.qingfeng.contract.admin.model.QuizRule;
import cn.qingfeng.contract.admin.model.QuizRuleQuestions;
import cn.qingfeng.contract.admin.model.QuizState;
import cn.qingfeng.contract.admin.model.QuizSummary;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.quiz.RoundSummary;
import cn.qingfeng.quiz.bank.QuestionKind;

import org.springframework.stereotype.Component;

/**
 * Rounds as the contract writes them.
 */
@Component
class RoundBodies {

	private static final int FULL_MARKS = 100;

	private final RoundMapper mapper;

	RoundBodies(RoundMapper mapper) {
		this.mapper = mapper;
	}

	static RoundDefinition definition(QuizDraft draft) {
		return new RoundDefinition(draft.getTitle(), draft.getDescription(), draft.getOpensAt().toInstant(),
				draft.getClosesAt().toInstant(), draft.getTimeLimitMinutes(), draft.getAttempts(), draft.getPassMark(),
				ReviewPolicy.valueOf(draft.getReviewPolicy().name()),
				draft.getRules().stream().map(RoundBodies::rule).toList());
	}

	QuizSummary summary(RoundSummary round) {
		return this.mapper.summary(round);
	}

	Quiz quiz(Round round) {
		RoundDefinition definition = round.definition();
		Quiz quiz = new Quiz();
		quiz.setId(round.id().value());
		quiz.setTitle(definition.title());
		quiz.setDescription(definition.description());
		quiz.setState(QuizState.valueOf(round.state().name()));
		quiz.setOpensAt(BusinessTime.at(definition.opensAt()));
		quiz.setClosesAt(BusinessTime.at(definition.closesAt()));
		quiz.setTimeLimitMinutes(definition.timeLimitMinutes());
		quiz.setAttempts(definition.attemptsAllowed());
		quiz.setPassMark(definition.passMark());
		quiz.setTotal(FULL_MARKS);
		quiz.setReviewPolicy(Quiz.ReviewPolicyEnum.valueOf(definition.reviewPolicy().name()));
		quiz.setRules(definition.rules().stream().map(this.mapper::rule).toList());
		Round.Publication publication = round.publication();
		if (publication != null) {
			quiz.setCommitment(publication.commitment());
			quiz.setContentHash(publication.contentHash());
			quiz.setPublishedBy(publication.by());
			quiz.setPublishedAt(BusinessTime.at(publication.at()));
		}
		quiz.setVersion(round.version());
		return quiz;
	}

	static QuizQuestions questions(RoundPreview preview) {
		return new QuizQuestions(preview.contentHash(), preview.pools().stream().map(RoundBodies::pool).toList());
	}

	private static QuizRuleQuestions pool(RoundPreview.Pool pool) {
		return new QuizRuleQuestions(pool.count(), pool.questions().stream().map(RoundBodies::question).toList());
	}

	private static QuizQuestion question(FrozenQuestion question) {
		return new QuizQuestion(question.questionId(),
				cn.qingfeng.contract.admin.model.QuestionKind.valueOf(question.kind().name()), question.stem(),
				question.options(), AnswerKey.letters(question.key()),
				question.parts().stream().map((part) -> new QuestionPart(part.accepted(), part.weight())).toList(),
				question.explanation(), question.source());
	}

	private static Rule rule(QuizRule rule) {
		Set<QuestionKind> kinds = rule.getKinds()
			.stream()
			.map((kind) -> QuestionKind.valueOf(kind.name()))
			.collect(Collectors.toSet());
		return new Rule(rule.getBankId(), rule.getCount(), kinds, new HashSet<>(rule.getDifficulties()),
				new HashSet<>(rule.getTags()), new HashSet<>(rule.getQuestionIds()));
	}

}
