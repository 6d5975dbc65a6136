package cn.qingfeng.quiz.attempt;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestSessions;
import cn.qingfeng.contract.member.model.AttemptProof;
import cn.qingfeng.quiz.QuizFixtures;
import cn.qingfeng.quiz.attempt.Proving.RoundProof;
import cn.qingfeng.quiz.bank.Part;
import cn.qingfeng.quiz.bank.QuestionKind;
import cn.qingfeng.quiz.bank.Written;
import cn.qingfeng.quiz.round.AnswerKey;
import cn.qingfeng.quiz.round.PoolQuestion;
import cn.qingfeng.quiz.round.PublishedRound;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the checker as anybody would, as a program of its own on documents from the API.
 */
@QingfengIT
class QuizCheckIT {

	private static final int RANDOM_PAPERS = 10_000;

	private static final Path CHECKER = Path.of("../deploy/quiz-check/QuizCheck.java");

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestMembers members;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private TestClock clock;

	@Autowired
	private JsonMapper json;

	@TempDir
	private Path folder;

	private final Random random = new Random(20261125);

	private QuizFixtures fixtures;

	private Consumer<HttpHeaders> member;

	private UUID round;

	@BeforeEach
	void aRoundOfManyQuestions() {
		this.fixtures = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		this.member = this.fixtures.member();
		this.round = this.fixtures.published(this.fixtures.draft(this.fixtures.bank(40, "proved"), 12));
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void everyPaperAndScoreIsDrawnAndCountedAgainWithoutTheServer() throws Exception {
		Path commitment = saved("commitment", get("/api/v1/quizzes/" + this.round + "/commitment"));
		List<String> arguments = new ArrayList<>(List.of("--commitment=" + commitment));
		List<Attempted> attempts = new ArrayList<>();
		for (int n = 0; n < 5; n++) {
			this.member = this.fixtures.member();
			attempts.add(new Attempted(attempted(), this.member));
		}
		this.clock.advance(Duration.ofDays(2));
		arguments.add(saved("round", get("/api/v1/quizzes/" + this.round + "/proof")).toString());
		for (Attempted attempt : attempts) {
			this.member = attempt.member();
			arguments.add(saved(attempt.id(), get("/api/v1/attempts/" + attempt.id() + "/proof")).toString());
		}
		Ended ended = run(arguments);
		assertThat(ended.output()).contains("全部一致，共 5 份答卷");
		assertThat(ended.status()).isZero();
	}

	@Test
	void aChangedSeedPoolAnswerOrScoreIsFound() throws Exception {
		String attempt = attempted();
		this.clock.advance(Duration.ofDays(2));
		String round = get("/api/v1/quizzes/" + this.round + "/proof");
		String proof = get("/api/v1/attempts/" + attempt + "/proof");
		String seed = this.json.readTree(round).at("/seed").asString();
		String question = this.json.readTree(round).at("/pools/0/questions/3/id").asString();
		int score = this.json.readTree(proof).at("/score").asInt();
		String first = this.json.readTree(proof).at("/paper/0/options/0").asString();
		assertFound(round, proof, (text) -> text.replace(seed, "00" + seed.substring(2)), UnaryOperator.identity());
		assertFound(round, proof, (text) -> text.replace(question, UUID.randomUUID().toString()),
				UnaryOperator.identity());
		assertFound(round, proof, UnaryOperator.identity(),
				(text) -> text.replace("\"score\":" + score, "\"score\":" + (score + 1)));
		assertFound(round, proof, UnaryOperator.identity(), (text) -> text.replace(first, "forged"));
		assertFound(round, proof, UnaryOperator.identity(), (text) -> text.replace("\"number\":1", "\"number\":2"));
	}

	@Test
	void auditorsCheckAWholeRoundInOneGo() throws Exception {
		for (int n = 0; n < 3; n++) {
			this.member = this.sessions.member(UUID.randomUUID(), this.members.add("受检人").id());
			attempted();
		}
		this.client.get()
			.uri("/api/admin/v1/quizzes/{id}/proofs", this.round)
			.headers(this.sessions.staff("AUDITOR"))
			.exchange()
			.expectStatus()
			.isEqualTo(409)
			.expectBody()
			.returnResult();
		this.clock.advance(Duration.ofDays(2));
		this.member = this.sessions.staff("AUDITOR");
		String proofs = get("/api/admin/v1/quizzes/" + this.round + "/proofs");
		assertThat(proofs.lines()).hasSize(4);
		assertThat(proofs).doesNotContain("受检人");
		Ended ended = run(List.of(Files.writeString(this.folder.resolve("all.ndjson"), proofs).toString()));
		assertThat(ended.output()).contains("全部一致，共 3 份答卷");
		assertThat(ended.status()).isZero();
	}

	/** The checker shares nothing with the server's way to draw and score. */
	@Test
	void theCheckerAgreesOn10000RandomPapers() throws Exception {
		PublishedRound round = PaperFixtures.round("checked", PaperFixtures.pool(10, 40, QuestionKind.SINGLE, 0),
				PaperFixtures.pool(6, 30, QuestionKind.MULTIPLE, 100),
				PaperFixtures.pool(4, 20, QuestionKind.TRUE_FALSE, 200),
				PaperFixtures.pool(3, 10, QuestionKind.FILL_IN, 300),
				PaperFixtures.pool(2, 5, QuestionKind.SHORT, 400));
		AnswerKey key = randomKey(round);
		Path file = this.folder.resolve("random.ndjson");
		try (BufferedWriter lines = Files.newBufferedWriter(file)) {
			lines.write(this.json.writeValueAsString(ProofBodies.round(new RoundProof(round, key))));
			for (int n = 0; n < RANDOM_PAPERS; n++) {
				lines.newLine();
				lines.write(this.json.writeValueAsString(randomAttempt(round, key)));
			}
		}
		Ended ended = run(List.of(file.toString()));
		assertThat(ended.output()).contains("全部一致，共 " + RANDOM_PAPERS + " 份答卷");
		assertThat(ended.status()).isZero();
	}

	@Test
	void nothingIsProvedWhilePapersMayBeOpen() {
		String attempt = attempted();
		this.client.get()
			.uri("/api/v1/quizzes/{id}/proof", this.round)
			.headers(this.member)
			.exchange()
			.expectStatus()
			.isEqualTo(409);
		this.client.get()
			.uri("/api/v1/attempts/{id}/proof", attempt)
			.headers(this.member)
			.exchange()
			.expectStatus()
			.isEqualTo(409);
	}

	@Test
	void aForeignAttemptIsNotProved() {
		String attempt = attempted();
		this.clock.advance(Duration.ofDays(2));
		this.client.get()
			.uri("/api/v1/attempts/{id}/proof", attempt)
			.headers(this.fixtures.member())
			.exchange()
			.expectStatus()
			.isNotFound();
	}

	/** The proof of the round lists all questions, which later rounds may ask again. */
	@Test
	void theProofOfARoundHoldsNoKeys() {
		attempted();
		this.clock.advance(Duration.ofDays(2));
		assertThat(get("/api/v1/quizzes/" + this.round + "/proof")).doesNotContain("key\"", "KEYproved", "stem");
	}

	private AnswerKey randomKey(PublishedRound round) {
		Map<UUID, AnswerKey.Entry> entries = new HashMap<>();
		Set<UUID> everyoneRight = new HashSet<>();
		for (PoolQuestion question : round.pools().stream().flatMap((pool) -> pool.questions().stream()).toList()) {
			entries.put(question.id(),
					question.kind().isWritten() ? new AnswerKey.Entry(0, written(question.kind()), "", "")
							: new AnswerKey.Entry(chosen(question.kind(), question.options().size()), "", ""));
			if (this.random.nextInt(20) == 0) {
				everyoneRight.add(question.id());
			}
		}
		return new AnswerKey(entries, everyoneRight, 1);
	}

	private AttemptProof randomAttempt(PublishedRound round, AnswerKey key) {
		Attempt open = new Attempt(UUID.randomUUID(), round.id(),
				new UUID(this.random.nextLong(), this.random.nextLong()), 1 + this.random.nextInt(3), round.opensAt(),
				round.closesAt(), null);
		Paper paper = Paper.draw(round, open.memberId(), open.number());
		List<SavedAnswer> answers = new ArrayList<>();
		for (PaperQuestion question : paper.questions()) {
			int luck = this.random.nextInt(10);
			if (luck > 0 && question.kind().isWritten()) {
				answers.add(new SavedAnswer(question.id(), 0, text(luck),
						(luck == 9) ? this.random.nextInt(1001) : null, 1));
			}
			else if (luck > 0) {
				answers.add(SavedAnswer.chosen(question.id(), (luck < 7) ? key.of(question.id()).options()
						: chosen(question.kind(), question.options().size())));
			}
		}
		Score score = new AnsweredAttempt(open, answers).score(round, key);
		Attempt closed = open.closed(round.opensAt().plusSeconds(60), score, key.version());
		return ProofBodies.attempt(new AnsweredAttempt(closed, answers), paper, key);
	}

	private static Written written(QuestionKind kind) {
		return new Written(kind, List.of(new Part(List.of("Ａ b", "一九二一"), 3), new Part(List.of("民主"), 4)));
	}

	private String text(int luck) {
		return switch (luck) {
			case 1 -> "";
			case 2 -> " ab \n民主";
			case 3 -> "ａＢ";
			case 4 -> "别的\n民 主\n多一行";
			default -> "一九\u200b二一\n" + ((luck < 7) ? "民主" : "集中");
		};
	}

	private int chosen(QuestionKind kind, int options) {
		return (kind == QuestionKind.MULTIPLE) ? 1 + this.random.nextInt((1 << options) - 1)
				: 1 << this.random.nextInt(options);
	}

	private void assertFound(String round, String proof, UnaryOperator<String> inRound, UnaryOperator<String> inProof)
			throws Exception {
		String changedRound = inRound.apply(round);
		String changedProof = inProof.apply(proof);
		assertThat(changedRound + changedProof).isNotEqualTo(round + proof);
		Ended ended = run(List.of(saved("round", changedRound).toString(), saved("attempt", changedProof).toString()));
		assertThat(ended.output()).contains("不一致");
		assertThat(ended.status()).isEqualTo(1);
	}

	/** Answers some of the questions anyhow. */
	private String attempted() {
		JsonNode attempt = read(HttpMethod.POST, "/api/v1/quizzes/" + this.round + "/attempts");
		String id = attempt.at("/id").asString();
		for (JsonNode question : attempt.at("/questions")) {
			int option = this.random.nextInt(question.at("/options").size() + 1);
			if (option < question.at("/options").size()) {
				this.client.put()
					.uri("/api/v1/attempts/{id}/answers/{question}", id, question.at("/id").asString())
					.headers(this.member)
					.bodyValue(Map.of("optionIds", List.of(question.at("/options/" + option + "/id").asString())))
					.exchange()
					.expectStatus()
					.isNoContent();
			}
		}
		read(HttpMethod.POST, "/api/v1/attempts/" + id + "/submission");
		return id;
	}

	private Ended run(List<String> arguments) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dstdout.encoding=UTF-8",
						"-XX:TieredStopAtLevel=1", CHECKER.toString()));
		command.addAll(arguments);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
		return new Ended(process.exitValue(), output);
	}

	private Path saved(String name, String document) throws IOException {
		return Files.writeString(this.folder.resolve(name + ".json"), document);
	}

	private String get(String uri) {
		return new String(this.client.get()
			.uri(uri)
			.headers(this.member)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent(), StandardCharsets.UTF_8);
	}

	private JsonNode read(HttpMethod method, String uri) {
		return this.json.readTree(this.client.method(method)
			.uri(uri)
			.headers(this.member)
			.exchange()
			.expectStatus()
			.is2xxSuccessful()
			.expectBody()
			.returnResult()
			.getResponseBodyContent());
	}

	private record Attempted(String id, Consumer<HttpHeaders> member) {

	}

	private record Ended(int status, String output) {

	}

}
