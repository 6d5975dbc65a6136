package cn.qingfeng.quiz.attempt;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestSessions;
import cn.qingfeng.quiz.QuizFixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everybody hands in at once, as in the last minute of a quiz.
 */
@QingfengIT
class RushIT {

	private static final int MEMBERS = 1_000;

	private static final Duration LONGEST = Duration.ofSeconds(10);

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private TestClock clock;

	@LocalServerPort
	private int port;

	private QuizFixtures fixtures;

	private UUID round;

	@BeforeEach
	void aRoundOfAChoiceBlanksAndAShortAnswer() {
		this.fixtures = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		UUID bank = this.fixtures.bank(1, "rush");
		this.fixtures.write(bank, "FILL_IN", "党于____年成立，实行____。",
				List.of(QuizFixtures.part(1, "1921"), QuizFixtures.part(1, "民主集中制")));
		this.fixtures.write(bank, "SHORT", "谈谈民主集中制。", List.of(QuizFixtures.part(3, "民主"), QuizFixtures.part(1, "集中")));
		this.round = this.fixtures.published(this.fixtures.draft(bank, 3));
	}

	@Test
	void aThousandPapersHandedInAtOnceAreEachStoredAndScoredOnce() {
		List<UUID> members = papers();
		List<Answered> answers = Flux.fromIterable(members)
			.flatMap(this::handedIn, MEMBERS)
			.collectList()
			.block(LONGEST.multipliedBy(6));
		assertThat(answers).hasSize(MEMBERS).allMatch((answer) -> answer.took().compareTo(LONGEST) < 0);
		assertThat(answers).allMatch((answer) -> answer.isTaken() || answer.isToldToComeBack());
		long taken = answers.stream().filter(Answered::isTaken).count();
		assertThat(handedIn()).as("acknowledged is stored").isEqualTo(taken);
		assertThat(Flux.fromIterable(members).flatMap(this::handedIn, 50).collectList().block(QuizFixtures.PATIENCE))
			.allMatch(Answered::isTaken);
		assertThat(handedIn()).isEqualTo(MEMBERS);
		assertThat(scores()).as("by hand, for each of the four ways to answer")
			.containsExactly("0: 250 of 100", "1: 250 of 41", "2: 250 of 25", "3: 250 of 0");
	}

	/** Begun, with one of four ways to answer each. */
	private List<UUID> papers() {
		List<UUID> members = Flux.range(0, MEMBERS)
			.map((n) -> new UUID(this.round.getMostSignificantBits(), n))
			.collectList()
			.block();
		this.fixtures.run("""
				WITH attempt AS (
				  INSERT INTO quiz_attempts (id, round_id, member_id, number, started_at, deadline)
				  SELECT m.id, :round, m.id, 1, now(), now() + interval '30 minutes'
				  FROM unnest(:members) AS m (id)
				  RETURNING id, ('x' || right(id::text, 4))::bit(16)::int % 4 AS way
				)
				INSERT INTO quiz_answers (attempt_id, question_id, options, text, version, saved_at)
				SELECT a.id, q.question_id, CASE WHEN q.kind = 'SINGLE' AND a.way = 0 THEN 2 ELSE 0 END,
				       CASE q.kind WHEN 'FILL_IN' THEN CASE a.way WHEN 0 THEN E'1921\\n民主集中制'
				                                                  WHEN 1 THEN E'１９２１\\n 民主 集中制'
				                                                  ELSE E'1922\\n' END
				                   WHEN 'SHORT' THEN CASE a.way WHEN 0 THEN '民主，集中' WHEN 1 THEN '只说集中'
				                                                WHEN 2 THEN '民主' ELSE '' END END,
				       1, now()
				FROM attempt a
				JOIN quiz_round_questions q ON q.round_id = :round
				""", Map.of("round", this.round, "members", members.toArray(UUID[]::new)));
		return members;
	}

	private Mono<Answered> handedIn(UUID member) {
		Consumer<HttpHeaders> session = this.sessions.member(UUID.randomUUID(), member);
		return WebClient.create("http://127.0.0.1:" + this.port)
			.post()
			.uri("/api/v1/attempts/{id}/submission", member)
			.headers(session)
			.header("Idempotency-Key", "rush-" + member)
			.exchangeToMono((answer) -> answer.releaseBody()
				.thenReturn(Map.entry(answer.statusCode().value(),
						answer.headers().header(HttpHeaders.RETRY_AFTER).size())))
			.elapsed()
			.map((timed) -> new Answered(timed.getT2().getKey(), timed.getT2().getValue() > 0,
					Duration.ofMillis(timed.getT1())));
	}

	private long handedIn() {
		return this.fixtures.count(
				"SELECT count(*) FROM quiz_attempts WHERE round_id = :id AND submitted_at IS NOT NULL AND score IS NOT NULL",
				this.round);
	}

	private List<String> scores() {
		return this.database.sql("""
				SELECT way || ': ' || count(*) || ' of ' || score
				FROM (SELECT ('x' || right(id::text, 4))::bit(16)::int % 4 AS way, score
				      FROM quiz_attempts WHERE round_id = :round) AS each
				GROUP BY way, score
				ORDER BY way, score
				""").bind("round", this.round).mapValue(String.class).all().collectList().block(QuizFixtures.PATIENCE);
	}

	private record Answered(int status, boolean mayComeBack, Duration took) {

		boolean isTaken() {
			return this.status == 200;
		}

		boolean isToldToComeBack() {
			return (this.status == 429 || this.status == 503) && this.mayComeBack;
		}

	}

}
