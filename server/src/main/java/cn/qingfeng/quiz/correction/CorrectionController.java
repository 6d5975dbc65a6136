package cn.qingfeng.quiz.correction;

import java.util.List;
import java.util.UUID;

import cn.qingfeng.contract.admin.QuizCorrectionsApi;
import cn.qingfeng.contract.admin.model.CorrectionDecision;
import cn.qingfeng.contract.admin.model.CorrectionDraft;
import cn.qingfeng.contract.admin.model.CorrectionPage;
import cn.qingfeng.contract.admin.model.CorrectionState;
import cn.qingfeng.contract.admin.model.QuestionPart;
import cn.qingfeng.contract.admin.model.RegradingPage;
import cn.qingfeng.platform.idempotency.Idempotency;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.correction.Correction.Decision;
import cn.qingfeng.quiz.correction.Correction.Effect;
import cn.qingfeng.quiz.correction.Regradings.Regrading;
import cn.qingfeng.quiz.round.AnswerKey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class CorrectionController implements QuizCorrectionsApi {

	private final Correcting correcting;

	private final Corrections corrections;

	private final Regradings regradings;

	private final Idempotency idempotency;

	CorrectionController(Correcting correcting, Corrections corrections, Regradings regradings,
			Idempotency idempotency) {
		this.correcting = correcting;
		this.corrections = corrections;
		this.regradings = regradings;
		this.idempotency = idempotency;
	}

	@Override
	public Mono<ResponseEntity<CorrectionPage>> listCorrections(UUID id, Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		return this.corrections.page(new RoundId(id), Page.limit(limit), cursor)
			.map((page) -> page.map(CorrectionController::body))
			.map((page) -> ResponseEntity.ok(new CorrectionPage(page.items(), page.nextCursor())));
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Correction>> proposeCorrection(UUID id,
			Mono<CorrectionDraft> correctionDraft, ServerWebExchange exchange) {
		return correctionDraft.flatMap((draft) -> this.idempotency.once(exchange, draft,
				cn.qingfeng.contract.admin.model.Correction.class,
				CurrentStaff.mono()
					.flatMap((staff) -> this.correcting.propose(new RoundId(id), Proposal.from(draft), staff.staffId()))
					.map((proposed) -> ResponseEntity.status(HttpStatus.CREATED).body(body(proposed)))));
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Correction>> decideCorrection(UUID id,
			UUID correctionId, Mono<CorrectionDecision> correctionDecision, ServerWebExchange exchange) {
		return correctionDecision.flatMap((decision) -> this.idempotency.once(exchange, decision,
				cn.qingfeng.contract.admin.model.Correction.class,
				CurrentStaff.mono()
					.flatMap((staff) -> this.correcting.decide(new RoundId(id), correctionId,
							decision.getVerdict() == CorrectionDecision.VerdictEnum.APPROVE, decision.getComment(),
							staff.staffId()))
					.map((decided) -> ResponseEntity.ok(body(decided)))));
	}

	@Override
	public Mono<ResponseEntity<RegradingPage>> listRegradings(UUID id, UUID correctionId, Integer limit,
			@Nullable String cursor, ServerWebExchange exchange) {
		return this.regradings.page(new RoundId(id), correctionId, Page.limit(limit), cursor)
			.map((page) -> page.map(CorrectionController::body))
			.map((page) -> ResponseEntity.ok(new RegradingPage(page.items(), page.nextCursor())));
	}

	private static cn.qingfeng.contract.admin.model.Correction body(Correction correction) {
		Effect effect = correction.effect();
		Decision decision = correction.decision();
		cn.qingfeng.contract.admin.model.Correction body = new cn.qingfeng.contract.admin.model.Correction();
		body.setId(correction.id());
		body.setQuestionId(correction.question().id());
		body.setStem(correction.question().stem());
		body.setState(CorrectionState.valueOf(correction.state().name()));
		body.setOptions(AnswerKey.letters(correction.key().options()));
		body.setParts(parts(correction.key()));
		body.setEveryoneRight(correction.key().everyoneRight());
		body.setPreviousOptions(AnswerKey.letters(correction.previous().options()));
		body.setPreviousParts(parts(correction.previous()));
		body.setPreviouslyEveryoneRight(correction.previous().everyoneRight());
		body.setExplanation(correction.explanation());
		body.setReason(correction.reason());
		body.setProposedBy(correction.proposedBy());
		body.setProposedAt(BusinessTime.at(correction.proposedAt()));
		body.setDecidedBy((decision != null) ? decision.by() : null);
		body.setDecidedAt((decision != null) ? BusinessTime.at(decision.at()) : null);
		body.setComment((decision != null) ? decision.comment() : null);
		body.setChanged(effect.changed());
		body.setRaised(effect.raised());
		body.setLowered(effect.lowered());
		body.setNewlyPassed(effect.newlyPassed());
		body.setNoLongerPassed(effect.noLongerPassed());
		return body;
	}

	private static List<QuestionPart> parts(Key key) {
		return key.parts().stream().map((part) -> new QuestionPart(part.accepted(), part.weight())).toList();
	}

	private static cn.qingfeng.contract.admin.model.Regrading body(Regrading regrading) {
		return new cn.qingfeng.contract.admin.model.Regrading(regrading.attemptId(), regrading.member(),
				regrading.scoreBefore(), regrading.scoreAfter(), regrading.passedBefore(), regrading.passedAfter(),
				BusinessTime.at(regrading.at()));
	}

}
