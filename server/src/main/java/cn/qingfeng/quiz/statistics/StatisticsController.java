package cn.qingfeng.quiz.statistics;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import cn.qingfeng.contract.admin.QuizStatisticsApi;
import cn.qingfeng.contract.admin.model.OptionStatistics;
import cn.qingfeng.contract.admin.model.QuestionStatistics;
import cn.qingfeng.contract.admin.model.QuizStatistics;
import cn.qingfeng.contract.admin.model.ScoreBand;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.statistics.RoundStatistics.QuestionFigures;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class StatisticsController implements QuizStatisticsApi {

	private static final int FULL_MARKS = 100;

	private final RoundStatisticsReading statistics;

	StatisticsController(RoundStatisticsReading statistics) {
		this.statistics = statistics;
	}

	@Override
	public Mono<ResponseEntity<QuizStatistics>> getQuizStatistics(UUID id, ServerWebExchange exchange) {
		return this.statistics.of(new RoundId(id)).map(StatisticsController::body).map(ResponseEntity::ok);
	}

	private static QuizStatistics body(RoundStatistics round) {
		QuizStatistics body = new QuizStatistics();
		body.setSuppressed(round.isSuppressed());
		body.setParticipants(round.totals().participants());
		body.setAttempts(round.totals().attempts());
		body.setPassed(round.shownPassed().orElse(null));
		body.setAverageScore(BigDecimal.valueOf(round.totals().averageScore()));
		body.setBands(bands(round.shownBands()));
		body.setQuestions(round.questions()
			.stream()
			.map((one) -> question(one, round.totals().papersEach(), round.wrongTexts()))
			.toList());
		return body;
	}

	private static List<ScoreBand> bands(List<Optional<Integer>> attempts) {
		int width = FULL_MARKS / RoundStatistics.BANDS;
		return IntStream.range(0, attempts.size())
			.mapToObj((band) -> new ScoreBand(band * width,
					(band + 1 < attempts.size()) ? (band + 1) * width - 1 : FULL_MARKS,
					attempts.get(band).orElse(null)))
			.toList();
	}

	private static QuestionStatistics question(QuestionFigures figures, int papersEach,
			Map<UUID, List<WrongText>> wrongTexts) {
		QuestionStatistics body = new QuestionStatistics();
		body.setQuestionId(figures.questionId());
		body.setStem(figures.stem());
		body.setKind(cn.qingfeng.contract.admin.model.QuestionKind.valueOf(figures.kind().name()));
		body.setAnswered(figures.answered());
		body.setRight(figures.shownRight(papersEach).orElse(null));
		body.setEasiness(figures.shownEasiness(papersEach).map(BigDecimal::valueOf).orElse(null));
		Double discrimination = figures.discrimination();
		body.setDiscrimination((discrimination != null) ? BigDecimal.valueOf(discrimination) : null);
		List<Optional<Integer>> chosen = figures.shownChosen(papersEach);
		body.setOptions(IntStream.range(0, figures.options().size())
			.mapToObj((option) -> new OptionStatistics(figures.options().get(option), figures.isRight(option),
					chosen.get(option).orElse(null)))
			.toList());
		body.setCredits(figures.shownCredits(papersEach).entrySet().stream().map(StatisticsController::band).toList());
		body.setWrongTexts(wrongTexts.getOrDefault(figures.questionId(), List.of())
			.stream()
			.map((wrong) -> new cn.qingfeng.contract.admin.model.WrongText(wrong.blank(), wrong.text(),
					wrong.members()))
			.toList());
		return body;
	}

	private static cn.qingfeng.contract.admin.model.CreditBand band(Map.Entry<CreditBand, Optional<Integer>> shown) {
		CreditBand band = shown.getKey();
		return new cn.qingfeng.contract.admin.model.CreditBand(band.from(), band.to(), shown.getValue().orElse(null));
	}

}
