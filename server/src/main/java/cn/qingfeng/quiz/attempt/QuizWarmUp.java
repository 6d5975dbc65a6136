package cn.qingfeng.quiz.attempt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import cn.qingfeng.platform.warmup.OwnServer;
import cn.qingfeng.platform.warmup.WarmUp;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.bank.QuestionKind;
import cn.qingfeng.quiz.round.AnswerKey;
import cn.qingfeng.quiz.round.Pool;
import cn.qingfeng.quiz.round.PoolQuestion;
import cn.qingfeng.quiz.round.PublishedRound;
import cn.qingfeng.quiz.round.ReviewPolicy;
import cn.qingfeng.quiz.round.Seed;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * The way of one member through a quiz: the list, the paper, an answer, handing in. The
 * round, the attempt and the member do not exist, so every statement finds nothing.
 */
@Component
class QuizWarmUp implements WarmUp {

	private static final int QUESTIONS = 20;

	private static final Duration OPEN = Duration.ofDays(1);

	private static final String ATTEMPTS = "/api/v1/attempts/";

	private final PublishedRound round;

	private final AnswerKey key;

	private final Sheets sheets;

	private final AttemptRepository attempts;

	private final Receipts receipts;

	private final JsonMapper json;

	private final Clock clock;

	QuizWarmUp(Sheets sheets, AttemptRepository attempts, Receipts receipts, JsonMapper json, Clock clock) {
		this.sheets = sheets;
		this.attempts = attempts;
		this.receipts = receipts;
		this.json = json;
		this.clock = clock;
		List<PoolQuestion> questions = IntStream.range(0, QUESTIONS).mapToObj(QuizWarmUp::question).toList();
		Instant opensAt = clock.instant();
		this.round = new PublishedRound(new RoundId(UUID.randomUUID()), "", null, opensAt, opensAt.plus(OPEN), 30, 1,
				60, ReviewPolicy.AFTER_SUBMISSION, Seed.of(new byte[32]), List.of(new Pool(QUESTIONS, questions)));
		this.key = new AnswerKey(questions.stream()
			.map(PoolQuestion::id)
			.collect(Collectors.toMap(Function.identity(), (id) -> new AnswerKey.Entry(1, "", ""))));
	}

	private static PoolQuestion question(int number) {
		return new PoolQuestion(UUID.randomUUID(), QuestionKind.SINGLE, "下列第%d种说法是否符合规定？".formatted(number),
				List.of("符合", "不符合", "部分符合", "无法判断"));
	}

	@Override
	public Mono<Void> exercise(OwnServer server) {
		Attempt attempt = attempt();
		String path = ATTEMPTS + attempt.id();
		return server.call(HttpMethod.GET, "/api/v1/quizzes", "")
			.then(server.call(HttpMethod.GET, path + "/paper", ""))
			.then(server.call(HttpMethod.PUT, path + "/answers/" + UUID.randomUUID(),
					this.json.writeValueAsString(Map.of("optionIds", List.of("A"), "version", 1))))
			.then(server.call(HttpMethod.POST, path + "/submission", ""))
			.then(Mono.fromSupplier(() -> closed(attempt)))
			.flatMap((closed) -> this.attempts.close(List.of(closed), Grade.of(closed, this.key)))
			.then();
	}

	private Attempt attempt() {
		Instant now = this.clock.instant();
		return new Attempt(UUID.randomUUID(), this.round.id(), UUID.randomUUID(), 1, now,
				now.plus(Duration.ofMinutes(30)), null);
	}

	/** Drawn, answered, scored, and told. */
	private AnsweredAttempt closed(Attempt attempt) {
		Sheet sheet = this.sheets.draw(attempt, this.round);
		List<SavedAnswer> answers = sheet.paper()
			.questions()
			.stream()
			.map((question) -> SavedAnswer.chosen(question.id(), 1))
			.toList();
		AnsweredAttempt answered = new AnsweredAttempt(attempt, answers);
		AnsweredAttempt closed = answered.closed(this.clock.instant(), this.round, this.key);
		this.receipts.prepare(closed, this.round, this.key);
		return closed;
	}

}
