package cn.qingfeng.quiz.attempt;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import cn.qingfeng.platform.database.Columns;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.attempt.Attempt.ClosedBy;
import cn.qingfeng.quiz.attempt.Attempt.Outcome;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Attempts in the database. Times come from the business clock, never from the database.
 */
@Repository
class AttemptRepository {

	private static final int TURNOUT_LANES = 16;

	private static final String ANSWERED = "SELECT (attempt).*, questions, options, texts, marks, versions ";

	private final DatabaseClient database;

	AttemptRepository(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Begins the member's next attempt unless one is open or all are used up; the unique
	 * index decides between two that come at once.
	 * @param start everything but the number
	 * @return the attempt, empty when it may not begin
	 */
	Mono<Attempt> begin(Start start) {
		return this.database.sql("""
				INSERT INTO quiz_attempts (id, round_id, member_id, number, started_at, deadline, origin)
				SELECT :id, :round, :member, count(*) + 1, :startedAt, :deadline, :origin
				FROM quiz_attempts
				WHERE round_id = :round AND member_id = :member
				HAVING count(*) < :allowed
				ON CONFLICT DO NOTHING
				RETURNING *
				""")
			.bind("id", start.id())
			.bind("round", start.roundId().value())
			.bind("member", start.memberId())
			.bind("startedAt", start.startedAt())
			.bind("deadline", start.deadline())
			.bind("allowed", start.allowed())
			.bind("origin", start.origin())
			.map(AttemptRepository::attempt)
			.one();
	}

	/** The member's newest attempt at the round. */
	Mono<Attempt> newest(RoundId roundId, UUID memberId) {
		return this.database.sql("""
				SELECT *
				FROM quiz_attempts
				WHERE round_id = :round AND member_id = :member
				ORDER BY number DESC
				LIMIT 1
				""").bind("round", roundId.value()).bind("member", memberId).map(AttemptRepository::attempt).one();
	}

	Mono<Attempt> find(UUID id) {
		return this.database.sql("""
				SELECT *
				FROM quiz_attempts
				WHERE id = :id
				""").bind("id", id).map(AttemptRepository::attempt).one();
	}

	/** Those that exist, in no order. */
	Mono<List<Attempt>> find(Collection<UUID> ids) {
		return list("""
				SELECT *
				FROM quiz_attempts
				WHERE id = ANY(:ids)
				""", ids);
	}

	/** With its answers, both as they were at one moment. */
	Mono<AnsweredAttempt> findAnswered(UUID id) {
		return findAnswered(Set.of(id)).flatMap((found) -> Mono.justOrEmpty(found.stream().findFirst()));
	}

	/**
	 * Those that exist with their answers, all as they were at one moment, in no order.
	 */
	Mono<List<AnsweredAttempt>> findAnswered(Collection<UUID> ids) {
		return this.database.sql(ANSWERED + "FROM quiz_answered_attempts(:ids)")
			.bind("ids", ids.toArray(UUID[]::new))
			.map(AttemptRepository::answered)
			.all()
			.collectList();
	}

	/** Newest first, after the given position. */
	Mono<List<TitledAttempt>> page(UUID memberId, Instant startedBefore, UUID before, int rows) {
		return this.database.sql("""
				SELECT a.*, r.title
				FROM quiz_attempts a
				JOIN quiz_rounds r ON r.id = a.round_id
				WHERE a.member_id = :member AND (a.started_at, a.id) < (:startedBefore, :before)
				ORDER BY a.started_at DESC, a.id DESC
				LIMIT :rows
				""")
			.bind("member", memberId)
			.bind("startedBefore", startedBefore)
			.bind("before", before)
			.bind("rows", rows)
			.map((row) -> new TitledAttempt(attempt(row), Columns.get(row, "title", String.class)))
			.all()
			.collectList();
	}

	/**
	 * Where the member stands.
	 * @param roundId of the round
	 * @param memberId of the member
	 * @param notOverdue an attempt whose deadline is not later is no longer open
	 * @return always one
	 */
	Mono<Standing> standing(RoundId roundId, UUID memberId, Instant notOverdue) {
		return this.database.sql("""
				SELECT count(*) AS used, max(score) AS best,
				       (array_agg(id) FILTER (WHERE submitted_at IS NULL AND deadline > :notOverdue))[1] AS open
				FROM quiz_attempts
				WHERE round_id = :round AND member_id = :member
				""")
			.bind("round", roundId.value())
			.bind("member", memberId)
			.bind("notOverdue", notOverdue)
			.map((row) -> new Standing(Columns.get(row, "used", Integer.class), row.get("open", UUID.class),
					row.get("best", Integer.class)))
			.one();
	}

	/**
	 * Stores answers, no two of them to the same question of the same attempt: one
	 * statement. The attempts are locked in the order of their ids, so an answer is
	 * either in before its attempt is scored or refused.
	 * @param answers in any number
	 * @param now of the business clock
	 * @return what became of each, in order
	 */
	Mono<List<Saving>> save(List<NewAnswer> answers, Instant now) {
		return this.database.sql("""
				WITH given AS (
				  SELECT *
				  FROM unnest(:attempts, :questions, :options, :texts, :versions)
				           WITH ORDINALITY AS g (attempt_id, question_id, options, text, version, n)
				), open AS (
				  SELECT id
				  FROM quiz_attempts
				  WHERE id = ANY(:attempts) AND submitted_at IS NULL
				  ORDER BY id
				  FOR NO KEY UPDATE
				), saved AS (
				  INSERT INTO quiz_answers AS old (attempt_id, question_id, options, text, version, saved_at)
				  SELECT g.attempt_id, g.question_id, g.options, g.text, g.version, :now
				  FROM given g
				  JOIN open o ON o.id = g.attempt_id
				  ON CONFLICT (attempt_id, question_id) DO UPDATE
				  SET options = excluded.options, text = excluded.text, saved_at = excluded.saved_at,
				      version = CASE WHEN excluded.version = 0 THEN old.version + 1 ELSE excluded.version END
				  WHERE excluded.version = 0 OR old.version < excluded.version
				     OR (old.version = excluded.version AND old.options = excluded.options
				         AND old.text IS NOT DISTINCT FROM excluded.text)
				  RETURNING attempt_id, question_id
				)
				SELECT CASE WHEN s.attempt_id IS NOT NULL THEN 'SAVED'
				            WHEN o.id IS NOT NULL THEN 'STALE'
				            ELSE 'CLOSED' END AS saving
				FROM given g
				LEFT JOIN open o ON o.id = g.attempt_id
				LEFT JOIN saved s ON s.attempt_id = g.attempt_id AND s.question_id = g.question_id
				ORDER BY g.n
				""")
			.bind("attempts", answers.stream().map(NewAnswer::attemptId).toArray(UUID[]::new))
			.bind("questions", answers.stream().map(NewAnswer::questionId).toArray(UUID[]::new))
			.bind("options", answers.stream().map(NewAnswer::options).toArray(Integer[]::new))
			.bind("texts", answers.stream().map(NewAnswer::text).toArray(String[]::new))
			.bind("versions", answers.stream().map(NewAnswer::version).toArray(Long[]::new))
			.bind("now", now)
			.map((row) -> Saving.valueOf(Columns.get(row, "saving", String.class)))
			.all()
			.collectList();
	}

	/**
	 * Open attempts with a deadline no later than that, the earliest of them, in no
	 * order.
	 */
	Mono<List<AnsweredAttempt>> overdue(Instant deadline, int most) {
		return this.database.sql(ANSWERED + """
				FROM quiz_answered_attempts(ARRAY(
				  SELECT id
				  FROM quiz_attempts
				  WHERE submitted_at IS NULL AND deadline <= :deadline
				  ORDER BY deadline
				  LIMIT :most
				))
				""").bind("deadline", deadline).bind("most", most).map(AttemptRepository::answered).all().collectList();
	}

	/** Holds the rows until the transaction ends. */
	Mono<List<Attempt>> lock(Collection<UUID> ids) {
		return list("""
				SELECT *
				FROM quiz_attempts
				WHERE id = ANY(:ids)
				ORDER BY id
				FOR NO KEY UPDATE
				""", ids);
	}

	/** Handed in, after that attempt of that member, in the order of the members. */
	Mono<List<Attempt>> closed(RoundId roundId, UUID member, int number, int rows) {
		return this.database.sql("""
				SELECT *
				FROM quiz_attempts
				WHERE round_id = :round AND (member_id, number) > (:member, :number) AND submitted_at IS NOT NULL
				ORDER BY member_id, number
				LIMIT :rows
				""")
			.bind("round", roundId.value())
			.bind("member", member)
			.bind("number", number)
			.bind("rows", rows)
			.map(AttemptRepository::attempt)
			.all()
			.collectList();
	}

	/**
	 * Writes the outcomes of attempts with what their written answers are worth, and
	 * counts them: one statement, which waits for whoever saves an answer to them. An
	 * attempt that is closed, or whose answers are no longer those, stays as it is.
	 * @param closed with the answers that they were scored by
	 * @param grades of them
	 * @return the ids of those that are closed by this
	 */
	Mono<Set<UUID>> close(List<AnsweredAttempt> closed, List<Grade> grades) {
		if (closed.isEmpty()) {
			return Mono.just(Set.of());
		}
		List<UUID> ids = closed.stream().map((answered) -> answered.attempt().id()).toList();
		List<Outcome> outcomes = closed.stream()
			.map((answered) -> Objects.requireNonNull(answered.attempt().outcome()))
			.toList();
		return this.database
			.sql("""
					SELECT quiz_close_attempts(:ids, :answers, :versions, :times, :closers, :corrects, :scores, :passes, :keys,
					                           :lane, :gradedAttempts, :gradedQuestions, :credits) AS closed
					""")
			.bindValues(Map.ofEntries(Map.entry("ids", ids.toArray(UUID[]::new)),
					Map.entry("answers",
							closed.stream().map((answered) -> (long) answered.answers().size()).toArray(Long[]::new)),
					Map.entry("versions", closed.stream().map(AnsweredAttempt::versions).toArray(Long[]::new)),
					Map.entry("times", outcomes.stream().map(Outcome::submittedAt).toArray(Instant[]::new)),
					Map.entry("closers",
							outcomes.stream().map((outcome) -> outcome.closedBy().name()).toArray(String[]::new)),
					Map.entry("corrects",
							outcomes.stream().map((outcome) -> outcome.score().correct()).toArray(Integer[]::new)),
					Map.entry("scores",
							outcomes.stream().map((outcome) -> outcome.score().points()).toArray(Integer[]::new)),
					Map.entry("passes",
							outcomes.stream().map((outcome) -> outcome.score().passed()).toArray(Boolean[]::new)),
					Map.entry("keys", outcomes.stream().map(Outcome::keyVersion).toArray(Integer[]::new)),
					Map.entry("lane", Math.floorMod(ids.getFirst().hashCode(), TURNOUT_LANES)),
					Map.entry("gradedAttempts", grades.stream().map(Grade::attemptId).toArray(UUID[]::new)),
					Map.entry("gradedQuestions", grades.stream().map(Grade::questionId).toArray(UUID[]::new)),
					Map.entry("credits", grades.stream().map(Grade::credit).toArray(Integer[]::new))))
			.map((row) -> Set.of(Columns.get(row, "closed", UUID[].class)))
			.one();
	}

	/** Writes what written answers are worth. */
	Mono<Void> grade(List<Grade> grades) {
		if (grades.isEmpty()) {
			return Mono.empty();
		}
		return this.database.sql("""
				UPDATE quiz_answers s
				SET credit = g.credit
				FROM unnest(:attempts, :questions, :credits) AS g (attempt_id, question_id, credit)
				WHERE s.attempt_id = g.attempt_id AND s.question_id = g.question_id
				""")
			.bind("attempts", grades.stream().map(Grade::attemptId).toArray(UUID[]::new))
			.bind("questions", grades.stream().map(Grade::questionId).toArray(UUID[]::new))
			.bind("credits", grades.stream().map(Grade::credit).toArray(Integer[]::new))
			.then();
	}

	/** Why people marked answers of the attempt as they did, by question. */
	Mono<Map<UUID, String>> remarks(UUID attemptId) {
		return this.database.sql("SELECT question_id, reason FROM quiz_marks WHERE attempt_id = :attempt")
			.bind("attempt", attemptId)
			.map((row) -> Map.entry(Columns.get(row, "question_id", UUID.class),
					Columns.get(row, "reason", String.class)))
			.all()
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	private Mono<List<Attempt>> list(String sql, Collection<UUID> ids) {
		return this.database.sql(sql)
			.bind("ids", ids.toArray(UUID[]::new))
			.map(AttemptRepository::attempt)
			.all()
			.collectList();
	}

	static Attempt attempt(Readable row) {
		return new Attempt(Columns.get(row, "id", UUID.class), new RoundId(Columns.get(row, "round_id", UUID.class)),
				Columns.get(row, "member_id", UUID.class), Columns.get(row, "number", Integer.class),
				Columns.get(row, "started_at", Instant.class), Columns.get(row, "deadline", Instant.class),
				outcome(row));
	}

	private static @Nullable Outcome outcome(Readable row) {
		Instant submittedAt = row.get("submitted_at", Instant.class);
		return (submittedAt != null) ? new Outcome(submittedAt,
				ClosedBy.valueOf(Columns.get(row, "closed_by", String.class)),
				new Score(Columns.get(row, "correct", Integer.class), Columns.get(row, "score", Integer.class),
						Columns.get(row, "passed", Boolean.class)),
				Columns.get(row, "key_version", Integer.class)) : null;
	}

	private static AnsweredAttempt answered(Readable row) {
		UUID[] questions = row.get("questions", UUID[].class);
		return new AnsweredAttempt(attempt(row), (questions != null) ? answers(questions, row) : List.of());
	}

	private static List<SavedAnswer> answers(UUID[] questions, Readable row) {
		Integer[] options = Columns.get(row, "options", Integer[].class);
		@Nullable String[] texts = Columns.get(row, "texts", String[].class);
		@Nullable Integer[] marks = Columns.get(row, "marks", Integer[].class);
		Long[] versions = Columns.get(row, "versions", Long[].class);
		return IntStream.range(0, questions.length)
			.mapToObj((i) -> new SavedAnswer(questions[i], options[i], texts[i], marks[i], versions[i]))
			.toList();
	}

	/**
	 * An attempt that wants to begin.
	 *
	 * @param id of the attempt
	 * @param roundId what is attempted
	 * @param memberId whose it is
	 * @param startedAt by the server's clock
	 * @param deadline when it is handed in by itself
	 * @param allowed attempts of this member at the round
	 * @param origin mark of the device
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Start(UUID id, RoundId roundId, UUID memberId, Instant startedAt, Instant deadline, int allowed,
			byte[] origin) {

	}

	/**
	 * An answer that wants to be stored.
	 *
	 * @param attemptId of the attempt
	 * @param questionId on its paper
	 * @param options chosen, as bits over the author's order
	 * @param text written, null for a choice
	 * @param version the phone's count of changes, 0 for "after whatever is stored"
	 */
	record NewAnswer(UUID attemptId, UUID questionId, int options, @Nullable String text, long version) {

	}

	/**
	 * What became of it.
	 */
	enum Saving {

		SAVED,

		/** A newer answer is stored. */
		STALE,

		/** The attempt has been handed in. */
		CLOSED

	}

	/**
	 * An attempt with the title of its round.
	 *
	 * @param attempt open or closed
	 * @param title of the round
	 */
	record TitledAttempt(Attempt attempt, String title) {

	}

}
