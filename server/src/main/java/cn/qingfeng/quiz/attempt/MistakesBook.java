package cn.qingfeng.quiz.attempt;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import cn.qingfeng.platform.database.Columns;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.bank.Part;
import cn.qingfeng.quiz.bank.QuestionKind;
import cn.qingfeng.quiz.bank.Written;
import cn.qingfeng.quiz.round.AnswerKey;
import cn.qingfeng.quiz.round.PublishedRound;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Each member's wrong answers, worked out of the papers handed in: for every question the
 * latest answer counts. What a review policy keeps is not in the book, nor what could
 * stand on a paper that the member has open.
 */
@Repository
class MistakesBook {

	private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {
	};

	private static final TypeReference<List<Part>> PARTS = new TypeReference<>() {
	};

	private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

	private static final UUID LAST = new UUID(-1, -1);

	/** Practised before the last wrong answer, it counts for nothing. */
	private static final String MISTAKES = """
			WITH reviewable AS (
			  SELECT a.id, a.round_id, a.submitted_at, r.title
			  FROM quiz_attempts a
			  JOIN quiz_rounds r ON r.id = a.round_id
			  WHERE a.member_id = :member AND a.submitted_at IS NOT NULL
			    AND (r.review_policy <> 'NEVER' AND r.closes_at <= :over
			      OR r.review_policy = 'AFTER_SUBMISSION' AND r.attempts_allowed =
			         (SELECT count(o.submitted_at) FROM quiz_attempts o
			           WHERE o.round_id = a.round_id AND o.member_id = a.member_id))
			), latest AS (
			  SELECT DISTINCT ON (s.question_id)
			         s.question_id, s.options AS chosen, s.text, s.credit, v.round_id, v.title, v.submitted_at
			  FROM reviewable v
			  JOIN quiz_answers s ON s.attempt_id = v.id
			  ORDER BY s.question_id, v.submitted_at DESC, v.id DESC
			), mistakes AS (
			  SELECT l.*, k.options AS right_options, k.parts::text AS parts, k.explanation, k.source, p.practised_at,
			         CASE WHEN p.practised_at > l.submitted_at THEN p.right_in_a_row ELSE 0 END AS right_in_a_row
			  FROM latest l
			  JOIN quiz_round_keys k ON k.round_id = l.round_id AND k.question_id = l.question_id
			  LEFT JOIN quiz_practice p ON p.member_id = :member AND p.question_id = l.question_id
			  WHERE NOT (coalesce(l.credit = 1000, l.chosen = k.options) OR k.everyone_right)
			    AND NOT EXISTS (SELECT 1
			                    FROM quiz_attempts o
			                    JOIN quiz_round_questions h ON h.round_id = o.round_id
			                    WHERE o.member_id = :member AND o.submitted_at IS NULL
			                      AND h.question_id = l.question_id)
			)
			""";

	private static final String QUESTION = """
			JOIN quiz_round_questions q ON q.round_id = m.round_id AND q.question_id = m.question_id
			""";

	private static final String COLUMNS = """
			SELECT m.*, q.kind, q.stem, q.options::text AS options, q.blanks
			FROM mistakes m
			""" + QUESTION;

	private final DatabaseClient database;

	private final JsonMapper json;

	private final Clock clock;

	MistakesBook(DatabaseClient database, JsonMapper json, Clock clock) {
		this.database = database;
		this.json = json;
		this.clock = clock;
	}

	/** Newest first. */
	Mono<Page<Mistake>> page(UUID memberId, int limit, @Nullable String cursor) {
		Optional<Cursor> after = Cursor.decode(cursor, Instant.class, UUID.class);
		return book(MISTAKES + COLUMNS + """
				WHERE (m.submitted_at, m.question_id) < (:answeredBefore, :before)
				ORDER BY m.submitted_at DESC, m.question_id DESC
				LIMIT :rows
				""", memberId)
			.bind("answeredBefore", after.map((keys) -> keys.get(0, Instant.class)).orElse(END_OF_TIME))
			.bind("before", after.map((keys) -> keys.get(1, UUID.class)).orElse(LAST))
			.bind("rows", limit + 1)
			.map(this::mistake)
			.all()
			.collectList()
			.map((rows) -> Page.of(rows, limit, (last) -> Cursor.encode(last.answeredAt(), last.question().id())));
	}

	/** Not mastered yet, those longest not practised first. */
	Mono<Drawn> practice(UUID memberId, int most) {
		return book(MISTAKES + """
				SELECT m.*, q.kind, q.stem, q.options::text AS options, q.blanks, count(*) OVER () AS remaining
				FROM mistakes m
				""" + QUESTION + """
				WHERE m.right_in_a_row < :mastery
				ORDER BY m.practised_at NULLS FIRST, m.submitted_at, m.question_id
				LIMIT :rows
				""", memberId).bind("mastery", Mistake.MASTERY)
			.bind("rows", most)
			.map((row) -> new Drawn(List.of(mistake(row).question()), Columns.get(row, "remaining", Integer.class)))
			.all()
			.reduce(Drawn::plus)
			.defaultIfEmpty(new Drawn(List.of(), 0));
	}

	/** Empty when it is not in the book. */
	Mono<Mistake> find(UUID memberId, UUID questionId) {
		return book(MISTAKES + COLUMNS + "WHERE m.question_id = :question", memberId).bind("question", questionId)
			.map(this::mistake)
			.one();
	}

	/**
	 * Writes down how the practice of a mistake went.
	 * @param memberId whose it is
	 * @param mistake what was practised
	 * @param correct whether the answer was right
	 * @return right answers in a row since the mistake was made
	 */
	Mono<Integer> practised(UUID memberId, Mistake mistake, boolean correct) {
		return this.database.sql("""
				INSERT INTO quiz_practice AS old (member_id, question_id, right_in_a_row, practised_at)
				VALUES (:member, :question, CASE WHEN :correct THEN 1 ELSE 0 END, :now)
				ON CONFLICT (member_id, question_id) DO UPDATE
				SET right_in_a_row = CASE WHEN NOT :correct THEN 0
				                          WHEN old.practised_at > :answeredAt THEN old.right_in_a_row + 1
				                          ELSE 1 END,
				    practised_at = excluded.practised_at
				RETURNING right_in_a_row
				""")
			.bind("member", memberId)
			.bind("question", mistake.question().id())
			.bind("correct", correct)
			.bind("now", this.clock.instant())
			.bind("answeredAt", mistake.answeredAt())
			.map((row) -> Columns.get(row, "right_in_a_row", Integer.class))
			.one();
	}

	private DatabaseClient.GenericExecuteSpec book(String sql, UUID memberId) {
		return this.database.sql(sql)
			.bind("member", memberId)
			.bind("over", this.clock.instant().minus(PublishedRound.GRACE));
	}

	private Mistake mistake(Readable row) {
		return new Mistake(question(row), new RoundId(Columns.get(row, "round_id", UUID.class)),
				Columns.get(row, "title", String.class), Columns.get(row, "chosen", Integer.class),
				row.get("text", String.class),
				new AnswerKey.Entry(Columns.get(row, "right_options", Integer.class), written(row),
						Columns.get(row, "explanation", String.class), Columns.get(row, "source", String.class)),
				Columns.get(row, "submitted_at", Instant.class), Columns.get(row, "right_in_a_row", Integer.class));
	}

	private @Nullable Written written(Readable row) {
		QuestionKind kind = QuestionKind.valueOf(Columns.get(row, "kind", String.class));
		return kind.isWritten() ? new Written(kind, this.json.readValue(Columns.get(row, "parts", String.class), PARTS))
				: null;
	}

	private PaperQuestion question(Readable row) {
		List<String> texts = this.json.readValue(Columns.get(row, "options", String.class), TEXTS);
		List<PaperOption> options = IntStream.range(0, texts.size())
			.mapToObj((position) -> new PaperOption(texts.get(position), position))
			.toList();
		return new PaperQuestion(Columns.get(row, "question_id", UUID.class),
				QuestionKind.valueOf(Columns.get(row, "kind", String.class)), Columns.get(row, "stem", String.class),
				options, Columns.get(row, "blanks", Integer.class), MistakesBook::numbers);
	}

	private static List<String> numbers(List<PaperOption> options) {
		return options.stream().map((option) -> String.valueOf(option.position() + 1)).toList();
	}

	/**
	 * Questions drawn for practice.
	 *
	 * @param questions without keys
	 * @param remaining mistakes that are not mastered, the drawn ones included
	 */
	record Drawn(List<PaperQuestion> questions, int remaining) {

		Drawn {
			questions = List.copyOf(questions);
		}

		Drawn plus(Drawn next) {
			return new Drawn(Stream.concat(this.questions.stream(), next.questions.stream()).toList(), this.remaining);
		}

	}

}
