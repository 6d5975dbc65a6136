package cn.qingfeng.local;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;

import cn.qingfeng.local.TwoServers.Member;
import cn.qingfeng.platform.time.BusinessTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One attempt and one result a member, whichever of two servers is asked, and also when
 * one of them is killed in the middle of it.
 */
class TwoServersQuizIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int QUESTIONS = 5;

	private static final JsonMapper JSON = JsonMapper.shared();

	private final TwoServers servers = TwoServers.running();

	private String quiz = "";

	@BeforeEach
	void aRoundIsOpen() {
		this.quiz = "/api/v1/quizzes/" + publishedRound();
	}

	@Test
	void twentyStartsOnBothAtOnceBeginOneAttempt() {
		Member member = this.servers.members(1).getFirst();
		ApiCall start = ApiCall.post(this.quiz + "/attempts", member.token(), null);
		List<HttpResponse<String>> answers = onBothAtOnce(start, 20);
		assertThat(answers).allMatch((answer) -> Set.of(200, 201).contains(answer.statusCode()));
		assertThat(answers.stream().map((answer) -> JSON.readTree(answer.body()).get("id")).distinct()).hasSize(1);
		assertThat(attemptsOf(member)).isEqualTo(1);
	}

	@Test
	void submitsAndAnswersOnBothAtOnceHaveOneResultOfWhatWasAcknowledged() {
		for (Member member : this.servers.members(5)) {
			Paper paper = Paper.started(this.servers.one(), this.quiz, member);
			List<CompletableFuture<HttpResponse<String>>> saves = new ArrayList<>();
			List<CompletableFuture<HttpResponse<String>>> submits = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				if (i < QUESTIONS) {
					saves.add(this.servers.byTurns(i).send(paper.right(i, null)));
				}
				submits.add(this.servers.byTurns(i).send(paper.submission()));
			}
			List<HttpResponse<String>> results = submits.stream().map(CompletableFuture::join).toList();
			long saved = saves.stream().filter((save) -> save.join().statusCode() == 204).count();
			assertThat(results).allMatch((answer) -> answer.statusCode() == 200);
			assertThat(results.stream().map((answer) -> JSON.readTree(answer.body())).distinct()).hasSize(1);
			assertThat(JSON.readTree(results.getFirst().body()).get("correct").asLong()).isEqualTo(saved);
			assertThat(this.servers.witness().committed("quiz_attempts", paper.id())).isEqualTo(1);
			assertThat(attemptsOf(member)).isEqualTo(1);
		}
	}

	@Test
	void theNewerAnswerStaysWhicheverServerGetsTheOlderOneLater() {
		Member member = this.servers.members(1).getFirst();
		Paper paper = Paper.started(this.servers.one(), this.quiz, member);
		assertThat(this.servers.one().status(paper.wrong(0, 1L))).isEqualTo(204);
		assertThat(this.servers.two().status(paper.right(0, 3L))).isEqualTo(204);
		HttpResponse<String> stale = this.servers.one().answer(paper.wrong(0, 2L));
		assertThat(stale.statusCode()).isEqualTo(409);
		assertThat(stale.body()).contains("urn:qingfeng:problem:stale-answer");
		assertThat(this.servers.two().json(paper.submission()).get("correct").asInt()).isEqualTo(1);
	}

	@Test
	void twoHundredSubmitsOfAServerThatIsKilledAreRepeatedAtTheOtherWithOneResultEach() {
		List<Paper> papers = inParallel(this.servers.members(200),
				(member) -> Paper.started(this.servers.byTurns(member.hashCode()), this.quiz, member));
		inParallel(papers, (paper) -> this.servers.two().json(paper.right(0, null)));
		List<CompletableFuture<HttpResponse<String>>> first;
		try (Witness.Gate gate = this.servers.witness().gate("quiz_attempts", papers.get(100).id())) {
			first = papers.stream().map((paper) -> this.servers.one().send(paper.submission())).toList();
			gate.awaitSomebody();
			this.servers.one().kill();
		}
		Map<String, JsonNode> told = new HashMap<>();
		for (int i = 0; i < papers.size(); i++) {
			String paper = papers.get(i).id();
			first.get(i)
				.handle((answer, broken) -> (answer != null && answer.statusCode() == 200)
						? told.put(paper, JSON.readTree(answer.body())) : null)
				.join();
		}
		assertThat(told.size()).isLessThan(papers.size());
		assertThat(this.servers.witness()
			.number("SELECT count(*) FROM quiz_attempts WHERE submitted_at IS NOT NULL AND score IS NULL")).isZero();
		assertThat(inParallel(papers, (paper) -> this.servers.two().json(paper.submission())))
			.allMatch((result) -> result.get("correct").asInt() == 1);
		assertThat(papers).allSatisfy((paper) -> {
			assertThat(this.servers.witness().committed("quiz_attempts", paper.id())).isEqualTo(1);
			JsonNode now = this.servers.two().json(paper.get()).get("result");
			assertThat(told.getOrDefault(paper.id(), now)).isEqualTo(now);
		});
	}

	@Test
	void aPaperOfAServerThatIsKilledIsResumedAtTheOtherAndHandedInThereAtItsDeadline() {
		Member member = this.servers.members(1).getFirst();
		Paper paper = Paper.started(this.servers.one(), this.quiz, member);
		for (int question = 0; question < 3; question++) {
			assertThat(this.servers.one().status(paper.right(question, null))).isEqualTo(204);
		}
		this.servers.one().kill();
		JsonNode resumed = this.servers.two().json(paper.get());
		assertThat(resumed.get("answers").propertyNames())
			.containsExactlyInAnyOrderElementsOf(paper.questionIds().subList(0, 3));
		assertThat(resumed.get("questions")).isEqualTo(paper.body().get("questions"));
		assertThat(this.servers.two().status(paper.right(3, null))).isEqualTo(204);
		this.servers.turn(Duration.ofMinutes(31));
		handedInOnce(paper);
		JsonNode result = this.servers.two().json(paper.get()).get("result");
		assertThat(result.get("correct").asInt()).isEqualTo(4);
		assertThat(result.get("submittedAt")).isEqualTo(paper.body().get("deadline"));
	}

	@Test
	void textsOfAServerThatIsKilledAreThereAtTheOtherAndScoredOnce() {
		Member member = this.servers.members(1).getFirst();
		Paper paper = Paper.started(this.servers.one(), "/api/v1/quizzes/" + publishedWrittenRound(), member);
		assertThat(this.servers.one().status(paper.text("FILL_IN", "1922\n", 1))).isEqualTo(204);
		assertThat(this.servers.two().status(paper.text("FILL_IN", "1921\n民主集中制", 3))).isEqualTo(204);
		assertThat(this.servers.one().status(paper.text("FILL_IN", "1922\n", 2))).isEqualTo(409);
		assertThat(this.servers.one().status(paper.text("SHORT", "先讲民主，", 1))).isEqualTo(204);
		this.servers.one().kill();
		JsonNode resumed = this.servers.two().json(paper.get());
		assertThat(resumed.at("/answers/" + paper.question("FILL_IN") + "/text").asString()).isEqualTo("1921\n民主集中制");
		assertThat(resumed.at("/answers/" + paper.question("SHORT") + "/text").asString()).isEqualTo("先讲民主，");
		JsonNode result = this.servers.two().json(paper.submission());
		assertThat(result.get("score").asInt()).isEqualTo(87);
		assertThat(this.servers.two().json(paper.submission())).isEqualTo(result);
	}

	@Test
	void aDeadlineThatBothServersSeeHandsInOnce() {
		List<Paper> papers = inParallel(this.servers.members(60),
				(member) -> Paper.started(this.servers.byTurns(member.hashCode()), this.quiz, member));
		inParallel(papers, (paper) -> this.servers.one().status(paper.right(0, null)));
		this.servers.turn(Duration.ofMinutes(31));
		papers.forEach(this::handedInOnce);
		assertThat(this.servers.witness()
			.number("SELECT count(*) FROM quiz_attempts WHERE round_id = ?::uuid AND closed_by = 'DEADLINE' AND correct = 1",
					this.quiz.replaceFirst(".*/", "")))
			.isEqualTo(60);
	}

	@Test
	void whatOneMemberMayDoIsCountedByBothTogether() {
		Member member = this.servers.members(1).getFirst();
		List<HttpResponse<String>> starts = onBothAtOnce(ApiCall.post(this.quiz + "/attempts", member.token(), null),
				80);
		limited(starts, 30);
		limited(onBothAtOnce(ApiCall.get("/api/v1/me/export", member.token()), 24), 10);
		Map<String, Object> checkIn = Map.of("id", UUID.randomUUID(), "kind", "IN", "code", "123456", "at",
				BusinessTime.now(clock()).toString());
		limited(onBothAtOnce(
				ApiCall.post("/api/v1/events/" + UUID.randomUUID() + "/check-ins", member.token(), checkIn), 80), 30);
	}

	private static void limited(List<HttpResponse<String>> answers, int most) {
		List<HttpResponse<String>> refused = answers.stream().filter((answer) -> answer.statusCode() == 429).toList();
		assertThat(refused).hasSize(answers.size() - most)
			.allSatisfy((answer) -> assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
				.isPositive());
	}

	private void handedInOnce(Paper paper) {
		await().atMost(PATIENCE)
			.until(() -> this.servers.two().json(paper.get()).get("state").asString(), "submitted"::equals);
		assertThat(this.servers.witness().committed("quiz_attempts", paper.id())).isEqualTo(1);
	}

	private List<HttpResponse<String>> onBothAtOnce(ApiCall call, int times) {
		List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, times)
			.mapToObj((number) -> this.servers.byTurns(number).send(call))
			.toList();
		return answers.stream().map(CompletableFuture::join).toList();
	}

	private static <T, R> List<R> inParallel(List<T> all, Function<T, R> work) {
		return all.parallelStream().map(work).toList();
	}

	private long attemptsOf(Member member) {
		return this.servers.witness()
			.number("SELECT count(*) FROM quiz_attempts WHERE member_id = ?::uuid", member.id().toString());
	}

	private Clock clock() {
		return Clock.fixed(this.servers.now(), BusinessTime.ZONE);
	}

	private String publishedRound() {
		String bank = UUID.randomUUID().toString();
		this.servers.witness().run("""
				INSERT INTO question_banks (id, key, title, document, document_version, created_at)
				VALUES (?::uuid, ?, 'test', 'test', NULL, now())
				""", bank, "bank-" + bank);
		this.servers.witness()
			.run("""
					INSERT INTO questions (id, bank_id, key, kind, stem, options, answer, explanation, document, clause,
					                       difficulty, tags, created_at)
					SELECT gen_random_uuid(), ?::uuid, ? || n, 'SINGLE', 'stem ' || n,
					       '[{"key":"a","text":"right"},{"key":"b","text":"wrong"},{"key":"c","text":"no"}]'::jsonb, ARRAY['a'],
					       'because', 'document', 'clause', 1, '{}', now()
					FROM generate_series(1, ?) AS n
					""",
					bank, bank + "-", 2 * QUESTIONS);
		return published(bank, QUESTIONS);
	}

	/** Of a question with two blanks and one that asks for two keywords. */
	private String publishedWrittenRound() {
		String author = this.servers.staff("quizzer");
		String bank = this.servers.one()
			.json(ApiCall.post("/api/admin/v1/question-banks", author, Map.of("title", "两台服务器上写一写", "document", "党章")))
			.get("id")
			.asString();
		String questions = "/api/admin/v1/question-banks/" + bank + "/questions";
		this.servers.one()
			.json(ApiCall.post(questions, author, written("FILL_IN", "党于____年成立，实行____。", 1, "1921", "民主集中制")));
		this.servers.one().json(ApiCall.post(questions, author, written("SHORT", "谈谈民主集中制。", 3, "民主", "集中")));
		return published(bank, 2);
	}

	private static Map<String, Object> written(String kind, String stem, int weight, String first, String second) {
		return Map.of("kind", kind, "stem", stem, "parts",
				List.of(Map.of("accepted", List.of(first), "weight", weight),
						Map.of("accepted", List.of(second), "weight", 1)),
				"explanation", "党章写明。", "document", "党章", "clause", "第十条", "difficulty", 1);
	}

	private String published(String bank, int questions) {
		Instant now = this.servers.now();
		Map<String, Object> draft = new HashMap<>(Map.of("title", "两台服务器", "opensAt", at(now.minusSeconds(60)),
				"closesAt", at(now.plus(Duration.ofDays(1))), "timeLimitMinutes", 30, "attempts", 1, "passMark", 60,
				"reviewPolicy", "AFTER_SUBMISSION", "rules", List.of(Map.of("bankId", bank, "count", questions))));
		String round = this.servers.one()
			.json(ApiCall.post("/api/admin/v1/quizzes", this.servers.staff("quizzer"), draft))
			.get("id")
			.asString();
		this.servers.two()
			.json(ApiCall.post("/api/admin/v1/quizzes/" + round + "/publication", this.servers.staff("publisher"),
					null));
		return round;
	}

	private static String at(Instant instant) {
		return BusinessTime.at(instant).toString();
	}

	/**
	 * A member's paper.
	 *
	 * @param member whose
	 * @param body as the start answered it
	 */
	private record Paper(Member member, JsonNode body) {

		static Paper started(ServerNode node, String quiz, Member member) {
			return new Paper(member, node.json(ApiCall.post(quiz + "/attempts", member.token(), null)));
		}

		String id() {
			return this.body.get("id").asString();
		}

		List<String> questionIds() {
			return this.body.get("questions").valueStream().map((question) -> question.get("id").asString()).toList();
		}

		ApiCall get() {
			return ApiCall.get("/api/v1/attempts/" + id(), this.member.token());
		}

		/** A phone repeats it with the same key. */
		ApiCall submission() {
			return ApiCall.post("/api/v1/attempts/" + id() + "/submission", this.member.token(), null)
				.keyed("submit-" + id());
		}

		String question(String kind) {
			return this.body.get("questions")
				.valueStream()
				.filter((question) -> question.get("kind").asString().equals(kind))
				.findFirst()
				.orElseThrow()
				.get("id")
				.asString();
		}

		ApiCall text(String kind, String text, long version) {
			return ApiCall.put("/api/v1/attempts/" + id() + "/answers/" + question(kind), this.member.token(),
					Map.of("text", text, "version", version));
		}

		ApiCall right(int question, @Nullable Long version) {
			return answer(question, "right", version);
		}

		ApiCall wrong(int question, @Nullable Long version) {
			return answer(question, "wrong", version);
		}

		private ApiCall answer(int question, String text, @Nullable Long version) {
			JsonNode asked = this.body.get("questions").get(question);
			String option = asked.get("options")
				.valueStream()
				.filter((each) -> text.equals(each.get("text").asString()))
				.map((each) -> each.get("id").asString())
				.findFirst()
				.orElseThrow();
			Map<String, Object> answer = new HashMap<>(Map.of("optionIds", List.of(option)));
			if (version != null) {
				answer.put("version", version);
			}
			return ApiCall.put("/api/v1/attempts/" + id() + "/answers/" + asked.get("id").asString(),
					this.member.token(), answer);
		}

	}

}
