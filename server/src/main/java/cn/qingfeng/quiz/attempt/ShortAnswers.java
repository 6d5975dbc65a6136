package cn.qingfeng.quiz.attempt;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.database.Columns;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.attempt.ShortAnswer.Mark;
import cn.qingfeng.quiz.bank.Part;
import cn.qingfeng.quiz.bank.QuestionKind;
import cn.qingfeng.quiz.bank.Written;
import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Short answers in the database, as those read and mark them who do not know whose they
 * are.
 */
@Repository
class ShortAnswers {

	private static final TypeReference<List<Part>> PARTS = new TypeReference<>() {
	};

	private static final String SELECT = """
			SELECT s.attempt_id, s.question_id, q.stem, s.text, k.parts::text AS parts, s.mark, m.reason
			FROM quiz_round_questions q
			JOIN quiz_round_keys k ON k.round_id = q.round_id AND k.question_id = q.question_id
			JOIN quiz_answers s ON s.question_id = q.question_id
			JOIN quiz_attempts a ON a.id = s.attempt_id AND a.round_id = q.round_id
			LEFT JOIN quiz_marks m ON m.attempt_id = s.attempt_id AND m.question_id = s.question_id
			WHERE q.round_id = :round AND q.kind = 'SHORT' AND s.text IS NOT NULL AND s.text <> ''
			""";

	private final DatabaseClient database;

	private final JsonMapper json;

	ShortAnswers(DatabaseClient database, JsonMapper json) {
		this.database = database;
		this.json = json;
	}

	/**
	 * Answers of a round, question by question.
	 * @param roundId of the round
	 * @param marked only those that a person has marked, or has not; null for all
	 * @param question those after this one
	 * @param attempt of that question, those after this one
	 * @param rows at most
	 * @return by question and attempt
	 */
	Mono<List<ShortAnswer>> page(RoundId roundId, @Nullable Boolean marked, UUID question, UUID attempt, int rows) {
		return this.database.sql(SELECT + """
				  AND (s.question_id, s.attempt_id) > (:question, :attempt)
				  AND (:marked IS NULL OR (s.mark IS NOT NULL) = :marked)
				ORDER BY s.question_id, s.attempt_id
				LIMIT :rows
				""")
			.bind("round", roundId.value())
			.bind("question", question)
			.bind("attempt", attempt)
			.bind("marked", Parameters.in(PostgresqlObjectId.BOOL, marked))
			.bind("rows", rows)
			.map(this::answer)
			.all()
			.collectList();
	}

	Mono<ShortAnswer> find(RoundId roundId, UUID attemptId, UUID questionId) {
		return this.database.sql(SELECT + "AND s.attempt_id = :attempt AND s.question_id = :question")
			.bind("round", roundId.value())
			.bind("attempt", attemptId)
			.bind("question", questionId)
			.map(this::answer)
			.one();
	}

	/** Of an attempt that the transaction holds. */
	Mono<Void> mark(UUID attemptId, UUID questionId, Mark mark, UUID byStaff, Instant now) {
		return this.database.sql("""
				WITH marked AS (
				  UPDATE quiz_answers
				  SET mark = :credit, credit = :credit
				  WHERE attempt_id = :attempt AND question_id = :question
				)
				INSERT INTO quiz_marks (attempt_id, question_id, reason, marked_by, marked_at)
				VALUES (:attempt, :question, :reason, :staff, :now)
				ON CONFLICT (attempt_id, question_id) DO UPDATE
				SET reason = excluded.reason, marked_by = excluded.marked_by, marked_at = excluded.marked_at
				""")
			.bind("credit", mark.credit())
			.bind("attempt", attemptId)
			.bind("question", questionId)
			.bind("reason", mark.reason())
			.bind("staff", byStaff)
			.bind("now", now)
			.then();
	}

	/** Of an attempt that the transaction holds. */
	Mono<Void> rescore(UUID attemptId, Score score) {
		return this.database.sql("""
				UPDATE quiz_attempts
				SET correct = :correct, score = :score, passed = :passed
				WHERE id = :id AND submitted_at IS NOT NULL
				""")
			.bind("id", attemptId)
			.bind("correct", score.correct())
			.bind("score", score.points())
			.bind("passed", score.passed())
			.then();
	}

	private ShortAnswer answer(Readable row) {
		Written key = new Written(QuestionKind.SHORT,
				this.json.readValue(Columns.get(row, "parts", String.class), PARTS));
		return new ShortAnswer(Columns.get(row, "attempt_id", UUID.class), Columns.get(row, "question_id", UUID.class),
				Columns.get(row, "stem", String.class), Columns.get(row, "text", String.class), key, mark(row));
	}

	private static @Nullable Mark mark(Readable row) {
		Integer credit = row.get("mark", Integer.class);
		return (credit != null) ? new Mark(Written.percent(credit), Columns.get(row, "reason", String.class)) : null;
	}

}
