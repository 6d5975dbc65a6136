package cn.qingfeng.quiz.fairness;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import cn.qingfeng.contract.admin.QuizFairnessApi;
import cn.qingfeng.contract.admin.model.FairnessFinding;
import cn.qingfeng.contract.admin.model.QuizFairness;
import cn.qingfeng.contract.admin.model.SuspectAttempt;
import cn.qingfeng.member.MemberName;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.fairness.FairnessReading.Evidence;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class FairnessController implements QuizFairnessApi {

	private final FairnessReading fairness;

	FairnessController(FairnessReading fairness) {
		this.fairness = fairness;
	}

	@Override
	public Mono<ResponseEntity<QuizFairness>> getQuizFairness(UUID id, ServerWebExchange exchange) {
		return this.fairness.of(new RoundId(id)).map(FairnessController::body).map(ResponseEntity::ok);
	}

	private static QuizFairness body(Evidence evidence) {
		return new QuizFairness(evidence.tooFew(),
				evidence.findings().stream().map((finding) -> body(finding, evidence.names())).toList());
	}

	private static FairnessFinding body(Finding finding, Map<UUID, MemberName> names) {
		return new FairnessFinding(FairnessFinding.KindEnum.valueOf(finding.kind().name()), finding.reason(),
				finding.attempts().stream().map((attempt) -> body(attempt, names)).toList());
	}

	private static SuspectAttempt body(Finding.SuspectAttempt attempt, Map<UUID, MemberName> names) {
		MemberName name = Objects.requireNonNull(names.get(attempt.memberId()));
		return new SuspectAttempt(attempt.id(), name.masked(), name.unitName(), BusinessTime.at(attempt.startedAt()),
				BusinessTime.at(attempt.submittedAt()), attempt.score());
	}

}
