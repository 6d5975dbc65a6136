package cn.qingfeng.quiz.attempt;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import cn.qingfeng.contract.member.model.AttemptProof;
import cn.qingfeng.contract.member.model.ProofAnswer;
import cn.qingfeng.contract.member.model.ProofPart;
import cn.qingfeng.contract.member.model.ProofPool;
import cn.qingfeng.contract.member.model.ProofQuestion;
import cn.qingfeng.contract.member.model.QuestionKind;
import cn.qingfeng.contract.member.model.QuizProof;
import cn.qingfeng.quiz.attempt.Attempt.Outcome;
import cn.qingfeng.quiz.attempt.Proving.PaperProof;
import cn.qingfeng.quiz.attempt.Proving.RoundProof;
import cn.qingfeng.quiz.bank.Written;
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
	static AttemptProof attempt(PaperProof proof) {
		return attempt(proof.paper().answered(), proof.paper().sheet().paper(), proof.key());
	}

	/** With its key unless there is none to show. */
	static AttemptProof attempt(AnsweredAttempt answered, Paper paper, @Nullable AnswerKey key) {
		Attempt attempt = answered.attempt();
		Outcome outcome = Objects.requireNonNull(attempt.outcome());
		Map<UUID, SavedAnswer> given = answered.byQuestion();
		List<ProofAnswer> answers = paper.questions()
			.stream()
			.map((question) -> answer(question, given.get(question.id()), key))
			.toList();
		return new AttemptProof(attempt.id(), attempt.roundId().value(), attempt.memberId(), attempt.number(), answers,
				outcome.score().correct(), outcome.score().points(), outcome.score().passed(), outcome.keyVersion());
	}

	private static ProofAnswer answer(PaperQuestion question, @Nullable SavedAnswer given, @Nullable AnswerKey key) {
		ProofAnswer answer = new ProofAnswer();
		answer.setQuestionId(question.id());
		answer.setOptions(question.optionIds());
		answer.setChosen(question.optionIds((given != null) ? given.options() : 0));
		answer.setText((given != null) ? given.text() : null);
		answer.setMark((given != null) ? given.mark() : null);
		if (key != null) {
			AnswerKey.Entry entry = key.of(question.id());
			answer.setKey(question.optionIds(entry.options()));
			answer.setParts(parts(entry.written()));
		}
		return answer;
	}

	private static List<ProofPart> parts(@Nullable Written written) {
		return (written != null)
				? written.parts().stream().map((part) -> new ProofPart(part.accepted(), part.weight())).toList()
				: List.of();
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
