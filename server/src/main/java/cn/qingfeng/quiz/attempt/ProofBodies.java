package cn.qingfeng.quiz.attempt;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import cn.qingfeng.contract.member.model.AttemptProof;
import cn.qingfeng.contract.member.model.ProofAnswer;
import cn.qingfeng.contract.member.model.ProofPool;
import cn.qingfeng.contract.member.model.ProofQuestion;
import cn.qingfeng.contract.member.model.QuestionKind;
import cn.qingfeng.contract.member.model.QuizProof;
import cn.qingfeng.quiz.attempt.Attempt.Outcome;
import cn.qingfeng.quiz.attempt.MarkedPaper.ReviewedQuestion;
import cn.qingfeng.quiz.attempt.Proving.RoundProof;
import cn.qingfeng.quiz.round.AnswerKey;
import cn.qingfeng.quiz.round.Pool;
import cn.qingfeng.quiz.round.PoolQuestion;
import cn.qingfeng.quiz.round.PublishedRound;
import cn.qingfeng.quiz.round.Seed;
import org.jspecify.annotations.Nullable;

/**
 * Proofs as the contract writes them.
 */
final class ProofBodies {

	private ProofBodies() {
	}

	static QuizProof round(RoundProof proof) {
		PublishedRound round = proof.round();
		Seed seed = round.seed();
		return new QuizProof(round.id().value(), Seed.ALGORITHM, seed.commitment(), round.poolsHash(), seed.reveal(),
				round.passMark(), proof.key().version(),
				round.pools().stream().map((pool) -> pool(pool, proof)).toList());
	}

	/** As its member may see it. */
	static AttemptProof attempt(MarkedPaper marked) {
		Map<UUID, List<String>> keys = Objects.requireNonNullElse(marked.review(), List.<ReviewedQuestion>of())
			.stream()
			.collect(Collectors.toMap(ReviewedQuestion::questionId, ReviewedQuestion::key));
		return attempt(marked.answered(), marked.sheet().paper(), (question) -> keys.get(question.id()));
	}

	/** With its key, whatever the policy. */
	static AttemptProof attempt(AnsweredAttempt answered, Paper paper, AnswerKey key) {
		return attempt(answered, paper, (question) -> question.optionIds(key.of(question.id()).options()));
	}

	private static AttemptProof attempt(AnsweredAttempt answered, Paper paper,
			Function<PaperQuestion, @Nullable List<String>> key) {
		Attempt attempt = answered.attempt();
		Outcome outcome = Objects.requireNonNull(attempt.outcome());
		Map<UUID, SavedAnswer> given = answered.byQuestion();
		List<ProofAnswer> answers = paper.questions()
			.stream()
			.map((question) -> new ProofAnswer(question.id(), question.options().stream().map(PaperOption::id).toList(),
					question.optionIds(options(given.get(question.id()))), key.apply(question)))
			.toList();
		return new AttemptProof(attempt.id(), attempt.roundId().value(), attempt.memberId(), attempt.number(), answers,
				outcome.score().correct(), outcome.score().points(), outcome.score().passed(), outcome.keyVersion());
	}

	private static int options(@Nullable SavedAnswer answer) {
		return (answer != null) ? answer.options() : 0;
	}

	private static ProofPool pool(Pool pool, RoundProof proof) {
		return new ProofPool(pool.count(),
				pool.questions().stream().map((question) -> question(question, proof)).toList());
	}

	private static ProofQuestion question(PoolQuestion question, RoundProof proof) {
		return new ProofQuestion(question.id(), QuestionKind.valueOf(question.kind().name()), question.options().size(),
				proof.key().everyoneRight().contains(question.id()));
	}

}
