package cn.qingfeng.quiz.attempt;

import java.util.UUID;

import cn.qingfeng.contract.member.ProofsApi;
import cn.qingfeng.contract.member.model.AttemptProof;
import cn.qingfeng.contract.member.model.QuizProof;
import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.quiz.RoundId;
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
		return this.proving.round(new RoundId(id)).map(ProofBodies::round).map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<AttemptProof>> getAttemptProof(UUID id, ServerWebExchange exchange) {
		return CurrentMember.memberId()
			.flatMap((member) -> this.proving.attempt(id, member))
			.map(ProofBodies::attempt)
			.map(ResponseEntity::ok);
	}

}
