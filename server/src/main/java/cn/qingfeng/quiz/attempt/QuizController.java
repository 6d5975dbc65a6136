package cn.qingfeng.quiz.attempt;

import java.time.Clock;
import java.util.UUID;

import cn.qingfeng.contract.member.QuizzesApi;
import cn.qingfeng.contract.member.model.Commitment;
import cn.qingfeng.contract.member.model.Quiz;
import cn.qingfeng.contract.member.model.QuizPage;
import cn.qingfeng.contract.member.model.QuizState;
import cn.qingfeng.contract.member.model.QuizSummary;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.RoundSummary;
import cn.qingfeng.quiz.round.PublishedRound;
import cn.qingfeng.quiz.round.PublishedRounds;
import cn.qingfeng.quiz.round.RoundCatalogue;
import cn.qingfeng.quiz.round.RoundPhase;
import cn.qingfeng.quiz.round.Seed;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Rounds as members see them, each with the own standing.
 */
@RestController
class QuizController implements QuizzesApi {

	private final RoundCatalogue catalogue;

	private final PublishedRounds rounds;

	private final AttemptReading attempts;

	private final AttemptMapper mapper;

	private final Clock clock;

	QuizController(RoundCatalogue catalogue, PublishedRounds rounds, AttemptReading attempts, AttemptMapper mapper,
			Clock clock) {
		this.catalogue = catalogue;
		this.rounds = rounds;
		this.attempts = attempts;
		this.mapper = mapper;
		this.clock = clock;
	}

	@Override
	public Mono<ResponseEntity<QuizPage>> listQuizzes(@Nullable QuizState state, Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		RoundPhase phase = (state != null) ? RoundPhase.valueOf(state.name()) : null;
		return this.catalogue.published(phase, Page.limit(limit), cursor).map(this::page).map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<Quiz>> getQuiz(UUID id, ServerWebExchange exchange) {
		return CurrentMember.memberId()
			.flatMap((member) -> this.rounds.get(new RoundId(id))
				.flatMap(
						(round) -> this.attempts.standing(round.id(), member).map((standing) -> quiz(round, standing))))
			.map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<Commitment>> getCommitment(UUID id, ServerWebExchange exchange) {
		return this.rounds.get(new RoundId(id)).map(this::commitment).map(ResponseEntity::ok);
	}

	private QuizPage page(Page<RoundSummary> page) {
		QuizPage body = new QuizPage();
		body.setItems(page.items().stream().map(this::summary).toList());
		body.setNextCursor(page.nextCursor());
		return body;
	}

	private QuizSummary summary(RoundSummary round) {
		RoundPhase phase = RoundPhase.of(round.opensAt(), round.closesAt(), this.clock.instant());
		return new QuizSummary(round.id().value(), round.title(), QuizState.valueOf(phase.name()),
				BusinessTime.at(round.opensAt()), BusinessTime.at(round.closesAt()));
	}

	private Quiz quiz(PublishedRound round, Standing standing) {
		Quiz quiz = this.mapper.quiz(round);
		quiz.setState(QuizState.valueOf(round.phase(this.clock.instant()).name()));
		quiz.setQuestionCount(round.questionCount());
		quiz.setTotal(Score.FULL_MARKS);
		quiz.setAttemptsUsed(standing.used());
		quiz.setOpenAttemptId(standing.openAttemptId());
		quiz.setBestScore(standing.bestScore());
		return quiz;
	}

	private Commitment commitment(PublishedRound round) {
		Seed seed = round.seed();
		Commitment body = new Commitment();
		body.setAlgorithm(Seed.ALGORITHM);
		body.setHash(seed.commitment());
		body.setPoolsHash(round.poolsHash());
		body.setSeed(round.isOver(this.clock.instant()) ? seed.reveal() : null);
		return body;
	}

}
