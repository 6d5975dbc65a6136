package cn.qingfeng.bench;

import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import cn.qingfeng.platform.security.Tokens;

/**
 * Makes members who are bound and logged in, a bank, and papers that are answered but not
 * handed in.
 */
final class PaperData {

	static final int MEMBERS = 4_000;

	static final int QUESTIONS = 20;

	private static final long FIRST = 1_000_000_000_000_000_000L;

	private final Database database;

	private final StaffApi staff;

	private final UUID bank;

	private final List<String> tokens;

	private long next = FIRST;

	/**
	 * Makes members and bank.
	 * @param database after the server's first start, which loaded roster and banks
	 * @param staff who publish
	 * @param appid the mini-program to which the members are logged in
	 */
	PaperData(Database database, StaffApi staff, String appid) {
		this.database = database;
		this.staff = staff;
		this.tokens = IntStream.range(0, MEMBERS).mapToObj((member) -> Tokens.random()).toList();
		this.bank = bank();
		logIn(appid);
	}

	private void logIn(String appid) {
		this.database.run("CREATE TEMP TABLE bench_member (ordinal bigint PRIMARY KEY, id uuid NOT NULL)");
		int found = this.database.run("""
				INSERT INTO bench_member
				SELECT row_number() OVER (ORDER BY number) - 1, id FROM member WHERE status = 'ACTIVE' LIMIT ?
				""", MEMBERS);
		if (found < MEMBERS) {
			throw new BenchException("The roster has only " + found + " active members");
		}
		this.database.run("""
				INSERT INTO wechat_account (id, appid, openid, member_id, bound_at, follows, text_size, created_at)
				SELECT gen_random_uuid(), ?, 'bench-' || ordinal, id, now(), false, 'standard', now()
				FROM bench_member
				""", appid);
		this.database.run("""
				INSERT INTO member_session (id, token_digest, account_id, created_at, last_used_at, expires_at)
				SELECT gen_random_uuid(), decode(d.digest, 'hex'), a.id, now(), now(), now() + interval '90 days'
				FROM unnest(string_to_array(?, ',')) WITH ORDINALITY AS d (digest, n)
				JOIN wechat_account a ON a.appid = ? AND a.openid = 'bench-' || (d.n - 1)
				""", String.join(",", digests()), appid);
		this.database.run("ANALYZE member, wechat_account, member_session, bench_member");
	}

	private List<String> digests() {
		return this.tokens.stream().map(Tokens::digest).map(HexFormat.of()::formatHex).toList();
	}

	/** Of questions that the seeds ask, so that papers are as long as real ones. */
	private UUID bank() {
		UUID id = UUID.randomUUID();
		this.database.run("""
				INSERT INTO question_banks (id, key, title, document, document_version, created_at)
				VALUES (?, 'bench', 'bench', 'bench', NULL, now())
				""", id);
		int questions = this.database.run(
				"""
						INSERT INTO questions (id, bank_id, key, kind, stem, options, answer, explanation, document, clause,
						                       difficulty, tags, created_at)
						SELECT gen_random_uuid(), ?, 'bench-' || key, kind, stem, options, answer, explanation, document, clause,
						       difficulty, tags, now()
						FROM questions
						WHERE kind IN ('SINGLE', 'MULTIPLE', 'TRUE_FALSE')
						ORDER BY key
						LIMIT ?
						""",
				id, QUESTIONS);
		if (questions < QUESTIONS) {
			throw new BenchException("The seeds have only " + questions + " questions");
		}
		return id;
	}

	/** Publishes so many quizzes and begins every member's attempt at each. */
	Papers open(int quizzes) {
		List<UUID> published = Stream.generate(() -> this.staff.publishQuiz(this.bank, QUESTIONS))
			.limit(quizzes)
			.toList();
		this.database.maintain("CHECKPOINT");
		Papers papers = new Papers(this.next, published, this.tokens);
		published.forEach(this::begin);
		this.database.run("VACUUM ANALYZE quiz_attempts, quiz_answers");
		return papers;
	}

	private void begin(UUID quiz) {
		this.database.run(
				"""
						INSERT INTO quiz_attempts (id, round_id, member_id, number, started_at, deadline, origin)
						SELECT (? || (? + ordinal))::uuid, ?, id, 1, now(), now() + interval '4 hours', sha256(convert_to(id::text, 'UTF8'))
						FROM bench_member
						ORDER BY ordinal
						""",
				Papers.ID_PREFIX, this.next, quiz);
		this.database.run("""
				INSERT INTO quiz_answers (attempt_id, question_id, options, version, saved_at)
				SELECT a.id, q.question_id, 1, 1, now()
				FROM quiz_attempts a
				JOIN quiz_round_questions q USING (round_id)
				WHERE a.round_id = ?
				""", quiz);
		this.next += MEMBERS;
	}

	/**
	 * Makes sure that what was acknowledged is what the database holds.
	 * @param papers of which some were handed in
	 * @param acknowledged how many
	 */
	void requireClosed(Papers papers, int acknowledged) {
		long closed = this.database.number("""
				SELECT count(*) FROM quiz_attempts
				WHERE round_id = ANY(?::uuid[]) AND submitted_at IS NOT NULL AND closed_by = 'MEMBER'
				""", papers.quizArray());
		if (closed != acknowledged) {
			throw new BenchException(
					"%d submissions were acknowledged, but the database holds %d".formatted(acknowledged, closed));
		}
	}

}
