package cn.qingfeng.quiz.result;

import java.math.BigDecimal;
import java.util.UUID;

import cn.qingfeng.contract.admin.QuizUnitsApi;
import cn.qingfeng.contract.admin.model.QuizUnit;
import cn.qingfeng.contract.admin.model.QuizUnits;
import cn.qingfeng.quiz.RoundId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class UnitFiguresController implements QuizUnitsApi {

	private final UnitFiguresReading figures;

	UnitFiguresController(UnitFiguresReading figures) {
		this.figures = figures;
	}

	@Override
	public Mono<ResponseEntity<QuizUnits>> getQuizUnits(UUID id, ServerWebExchange exchange) {
		return this.figures.of(new RoundId(id))
			.map((units) -> new QuizUnits(units.stream().map(UnitFiguresController::body).toList()))
			.map(ResponseEntity::ok);
	}

	private static QuizUnit body(UnitFigures figures) {
		Double average = figures.averageScore();
		return new QuizUnit(figures.unit().id().value(), figures.unit().name(), integer(figures.members()),
				integer(figures.participants()), integer(figures.passed()),
				(average != null) ? BigDecimal.valueOf(average) : null, figures.rank());
	}

	private static @Nullable Integer integer(@Nullable Long value) {
		return (value != null) ? Math.toIntExact(value) : null;
	}

}
