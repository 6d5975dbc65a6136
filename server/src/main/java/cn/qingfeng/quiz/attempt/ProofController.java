package cn.qingfeng.quiz.attempt;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import cn.qingfeng.contract.member.ProofsApi;
import cn.qingfeng.contract.member.model.AttemptProof;
import cn.qingfeng.contract.member.model.ProofAnswer;
import cn.qingfeng.contract.member.model.ProofPool;
import cn.qingfeng.contract.member.model.ProofQuestion;
import cn.qingfeng.contract.member.model.QuestionKind;
import cn.qingfeng.contract.member.model.QuizProof;
import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.attempt.Attempt.Outcome;
import cn.qingfeng.quiz.attempt.MarkedPaper.ReviewedQuestion;
import cn.qingfeng.quiz.attempt.Proving.RoundProof;
import cn.qingfeng.quiz.round.Pool;
import cn.qingfeng.quiz.round.PoolQuestion;
import cn.qingfeng.quiz.round.PublishedRound;
import cn.qingfeng.quiz.round.Seed;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class ProofController implements ProofsApi {

	private final Proving proving;

	ProofController(Proving proving) {
		this.proving = proving;
	}

	@Override
	public Mono<ResponseEntity<QuizProof>> getQuizProof(UUID id, ServerWebExchange exchange) {
		return this.proving.round(new RoundId(id)).map(ProofController::body).map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<AttemptProof>> getAttemptProof(UUID id, ServerWebExchange exchange) {
		return CurrentMember.memberId()
			.flatMap((member) -> this.proving.attempt(id, member))
			.map(ProofController::body)
			.map(ResponseEntity::ok);
	}

	private static QuizProof body(RoundProof proof) {
		PublishedRound round = proof.round();
		Seed seed = round.seed();
		return new QuizProof(round.id().value(), Seed.ALGORITHM, seed.commitment(), round.poolsHash(), seed.reveal(),
				round.passMark(), proof.key().version(),
				round.pools().stream().map((pool) -> body(pool, proof)).toList());
	}

	private static ProofPool body(Pool pool, RoundProof proof) {
		return new ProofPool(pool.count(), pool.questions().stream().map((question) -> body(question, proof)).toList());
	}

	private static ProofQuestion body(PoolQuestion question, RoundProof proof) {
		ProofQuestion body = new ProofQuestion();
		body.setId(question.id());
		body.setKind(QuestionKind.valueOf(question.kind().name()));
		body.setOptions(question.options().size());
		body.setEveryoneRight(proof.key().everyoneRight().contains(question.id()));
		return body;
	}

	private static AttemptProof body(MarkedPaper marked) {
		Attempt attempt = marked.answered().attempt();
		Outcome outcome = Objects.requireNonNull(attempt.outcome());
		return new AttemptProof(attempt.id(), attempt.roundId().value(), attempt.memberId(), attempt.number(),
				answers(marked), outcome.score().correct(), outcome.score().points(), outcome.score().passed(),
				outcome.keyVersion());
	}

	private static List<ProofAnswer> answers(MarkedPaper marked) {
		Map<UUID, Integer> chosen = marked.answered().chosen();
		Map<UUID, List<String>> keys = Objects.requireNonNullElse(marked.review(), List.<ReviewedQuestion>of())
			.stream()
			.collect(Collectors.toMap(ReviewedQuestion::questionId, ReviewedQuestion::key));
		return marked.sheet()
			.paper()
			.questions()
			.stream()
			.map((question) -> new ProofAnswer(question.id(), question.options().stream().map(PaperOption::id).toList(),
					question.optionIds(chosen.getOrDefault(question.id(), 0)), keys.get(question.id())))
			.toList();
	}

}
