package cn.qingfeng.quiz;

import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestSessions;
import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.time.BusinessTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class RoundsIT {

	@Autowired
	private Rounds rounds;

	@Autowired
	private Transactions transactions;

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private Clock clock;

	private QuizFixtures fixtures;

	@BeforeEach
	void setUp() {
		this.fixtures = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
	}

	@Test
	void theSeedsHoldThisMonthsRoundAsADraft() {
		RoundSummary round = get(this.rounds.findByMonth(YearMonth.from(BusinessTime.today(this.clock))));
		assertThat(round.state()).isEqualTo(RoundState.DRAFT);
		assertThat(round.title()).doesNotContain("{{").contains("知识测试");
		assertThat(get(this.rounds.find(round.id()))).isEqualTo(round);
		assertThat(get(this.rounds.find(List.of(round.id(), new RoundId(UUID.randomUUID()))))).containsExactly(round);
	}

	@Test
	void theHashOfADraftChangesWithItsQuestionsAndStandsOncePublished() {
		UUID bank = this.fixtures.bank(4, "hash");
		RoundId id = new RoundId(this.fixtures.created(this.fixtures.draft(bank, 3)));
		String before = get(this.rounds.contentHash(id));
		this.fixtures.run("UPDATE questions SET answer = '{b}' WHERE bank_id = :bank AND kind = 'TRUE_FALSE'",
				Map.of("bank", bank));
		String signed = get(this.rounds.contentHash(id));
		assertThat(signed).hasSize(64).isNotEqualTo(before);
		this.rounds.publish(id, UUID.randomUUID()).block(QuizFixtures.PATIENCE);
		this.fixtures.run("UPDATE questions SET stem = 'later' WHERE bank_id = :bank", Map.of("bank", bank));
		assertThat(get(this.rounds.contentHash(id))).isEqualTo(signed);
		assertThat(this.fixtures.count("""
				SELECT count(*) FROM quiz_round_questions WHERE round_id = :id AND stem <> 'later'
				""", id.value())).isEqualTo(4);
	}

	@Test
	void publishingJoinsTheTransactionOfTheCaller() {
		RoundId id = new RoundId(this.fixtures.created(this.fixtures.draft(this.fixtures.bank(3, "tx"), 3)));
		this.transactions
			.inTransaction(this.rounds.publish(id, UUID.randomUUID())
				.then(this.rounds.contentHash(id))
				.then(Mono.error(new IllegalStateException("the issue cannot be published"))))
			.as(StepVerifier::create)
			.expectError(IllegalStateException.class)
			.verify(QuizFixtures.PATIENCE);
		assertThat(get(this.rounds.find(id)).state()).isEqualTo(RoundState.DRAFT);
		assertThat(this.fixtures.count("SELECT count(*) FROM quiz_round_seeds WHERE round_id = :id", id.value()))
			.isZero();
	}

	@Test
	void aRoundDoesNotChangeBetweenItsHashAndItsPublication() {
		Map<String, Object> draft = this.fixtures.draft(this.fixtures.bank(3, "between"), 3);
		RoundId id = new RoundId(this.fixtures.created(draft));
		draft.put("title", "换了");
		CompletableFuture<String> signed = new CompletableFuture<>();
		CompletableFuture<Void> publication = this.transactions
			.inTransaction(this.rounds.contentHash(id)
				.doOnNext(signed::complete)
				.delayElement(Duration.ofMillis(500))
				.then(this.rounds.publish(id, UUID.randomUUID())))
			.toFuture();
		CompletableFuture<Integer> change = signed.thenApplyAsync((hash) -> change(id, draft));
		assertThat(change.join()).isIn(409, 412);
		publication.join();
		assertThat(get(this.rounds.contentHash(id))).isEqualTo(signed.join());
	}

	@Test
	void publishingTwiceSealsOneSeed() {
		RoundId id = new RoundId(this.fixtures.created(this.fixtures.draft(this.fixtures.bank(3, "twice"), 3)));
		Mono.when(this.rounds.publish(id, UUID.randomUUID()), this.rounds.publish(id, UUID.randomUUID()))
			.block(QuizFixtures.PATIENCE);
		assertThat(this.fixtures.count("SELECT count(*) FROM quiz_round_seeds WHERE round_id = :id", id.value()))
			.isEqualTo(1);
	}

	@Test
	void aRoundWithTooFewQuestionsIsNotPublished() {
		RoundId id = new RoundId(this.fixtures.created(this.fixtures.draft(this.fixtures.bank(3, "few"), 4)));
		this.rounds.publish(id, UUID.randomUUID())
			.as(StepVerifier::create)
			.expectErrorMatches(
					(error) -> error instanceof Problem problem && "question-shortage".equals(problem.name()))
			.verify(QuizFixtures.PATIENCE);
	}

	@Test
	void anUnknownRoundIsNotFound() {
		assertThat(this.rounds.find(new RoundId(UUID.randomUUID())).blockOptional(QuizFixtures.PATIENCE)).isEmpty();
		this.rounds.publish(new RoundId(UUID.randomUUID()), UUID.randomUUID())
			.as(StepVerifier::create)
			.expectErrorMatches((error) -> error instanceof Problem problem && problem.status().value() == 404)
			.verify(QuizFixtures.PATIENCE);
	}

	private int change(RoundId id, Map<String, Object> draft) {
		return this.client.put()
			.uri("/api/admin/v1/quizzes/{id}", id)
			.headers(this.sessions.staff("QUIZ_AUTHOR"))
			.header("If-Match", "\"0\"")
			.bodyValue(draft)
			.exchange()
			.returnResult(Void.class)
			.getStatus()
			.value();
	}

	private static <T> T get(Mono<T> one) {
		return one.blockOptional(QuizFixtures.PATIENCE).orElseThrow();
	}

}
