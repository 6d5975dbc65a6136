package cn.qingfeng.quiz.statistics;

import java.util.UUID;

import cn.qingfeng.contract.admin.QuizTurnoutsApi;
import cn.qingfeng.contract.admin.model.QuizTurnout;
import cn.qingfeng.quiz.RoundId;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class TurnoutController implements QuizTurnoutsApi {

	private final TurnoutReading turnouts;

	TurnoutController(TurnoutReading turnouts) {
		this.turnouts = turnouts;
	}

	@Override
	public Mono<ResponseEntity<QuizTurnout>> getQuizTurnout(UUID id, ServerWebExchange exchange) {
		return this.turnouts.of(new RoundId(id)).map(TurnoutController::body).map(ResponseEntity::ok);
	}

	private static QuizTurnout body(Turnout turnout) {
		return turnout.isSuppressed() ? new QuizTurnout(null, null)
				: new QuizTurnout(turnout.members(), turnout.attempts());
	}

}
