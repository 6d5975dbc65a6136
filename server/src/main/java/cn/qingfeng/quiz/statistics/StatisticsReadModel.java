package cn.qingfeng.quiz.statistics;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import cn.qingfeng.member.SmallGroups;
import cn.qingfeng.platform.database.Columns;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.bank.QuestionKind;
import cn.qingfeng.quiz.statistics.Leaderboard.Place;
import cn.qingfeng.quiz.statistics.RoundStatistics.QuestionFigures;
import cn.qingfeng.quiz.statistics.RoundStatistics.Totals;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Counts the attempts and answers of a round that is over: four statements, whatever its
 * size.
 */
@Repository
class StatisticsReadModel {

	private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {
	};

	private static final int MOST_OPTIONS = 10;

	private static final int MOST_WRONG_TEXTS = 10;

	/** One number an option: how many chose it. */
	private static final String CHOSEN = IntStream.range(0, MOST_OPTIONS)
		.mapToObj((bit) -> "count(*) FILTER (WHERE r.options & %d <> 0)".formatted(1 << bit))
		.collect(Collectors.joining(", ", "ARRAY[", "]::int[]"));

	/** One number a band: how many got so much. */
	private static final String BANDS = CreditBand.SHORT_OF_FULL.stream()
		.map((band) -> "count(*) FILTER (WHERE r.credit BETWEEN %d AND %d)".formatted(band.least(), band.most()))
		.collect(Collectors.joining(", ", "ARRAY[", "]::int[]"));

	private static final String QUESTIONS = """
			WITH ranked AS (
			  SELECT id, member_id, percent_rank() OVER (ORDER BY score) AS place
			  FROM quiz_attempts
			  WHERE round_id = :round AND submitted_at IS NOT NULL
			), credited AS (
			  SELECT p.member_id, p.place, s.question_id, s.options,
			         CASE WHEN k.everyone_right THEN 1000
			              WHEN s.text IS NOT NULL THEN coalesce(s.credit, 0)
			              WHEN s.options = k.options THEN 1000
			              ELSE 0 END AS credit
			  FROM ranked p
			  JOIN quiz_answers s ON s.attempt_id = p.id AND (s.options <> 0 OR s.text <> '')
			  JOIN quiz_round_keys k ON k.round_id = :round AND k.question_id = s.question_id
			)
			SELECT q.question_id, q.stem, q.kind, q.options::text AS options, k.options AS key,
			       count(*)::int AS answered, (count(*) FILTER (WHERE r.credit = 1000))::int AS right_answers,
			       (avg(r.credit) / 1000)::float8 AS easiness,
			       CASE WHEN count(DISTINCT r.member_id) FILTER (WHERE r.place >= 0.73) >= :smallest
			            THEN (avg(r.credit) FILTER (WHERE r.place >= 0.73) / 1000)::float8 END AS better,
			       CASE WHEN count(DISTINCT r.member_id) FILTER (WHERE r.place <= 0.27) >= :smallest
			            THEN (avg(r.credit) FILTER (WHERE r.place <= 0.27) / 1000)::float8 END AS weaker,
			       %s AS chosen, %s AS bands
			FROM credited r
			JOIN quiz_round_questions q ON q.round_id = :round AND q.question_id = r.question_id
			JOIN quiz_round_keys k ON k.round_id = :round AND k.question_id = r.question_id
			GROUP BY q.round_id, q.question_id, k.options
			HAVING count(DISTINCT r.member_id) >= :smallest
			ORDER BY avg(r.credit), q.question_id
			""".formatted(CHOSEN, BANDS);

	private final DatabaseClient database;

	private final JsonMapper json;

	StatisticsReadModel(DatabaseClient database, JsonMapper json) {
		this.database = database;
		this.json = json;
	}

	Mono<Totals> totals(RoundId round) {
		return this.database.sql("""
				SELECT count(DISTINCT member_id)::int AS participants, count(*)::int AS attempts,
				       (count(*) FILTER (WHERE passed))::int AS passed, coalesce(avg(score), 0)::float8 AS average,
				       coalesce(max(number), 1)::int AS papers_each
				FROM quiz_attempts
				WHERE round_id = :round AND submitted_at IS NOT NULL
				""")
			.bind("round", round.value())
			.map((row) -> new Totals(Columns.get(row, "participants", Integer.class),
					Columns.get(row, "attempts", Integer.class), Columns.get(row, "passed", Integer.class),
					Columns.get(row, "average", Double.class), Columns.get(row, "papers_each", Integer.class)))
			.one();
	}

	Mono<List<Integer>> bands(RoundId round) {
		return this.database.sql("""
				SELECT b.band, count(a.id)::int AS attempts
				FROM generate_series(0, :last) AS b (band)
				LEFT JOIN quiz_attempts a ON a.round_id = :round AND a.submitted_at IS NOT NULL
				                         AND least(a.score / :bands, :last) = b.band
				GROUP BY b.band
				ORDER BY b.band
				""")
			.bind("round", round.value())
			.bind("bands", RoundStatistics.BANDS)
			.bind("last", RoundStatistics.BANDS - 1)
			.map((row) -> Columns.get(row, "attempts", Integer.class))
			.all()
			.collectList();
	}

	Mono<List<QuestionFigures>> questions(RoundId round) {
		return this.database.sql(QUESTIONS)
			.bind("round", round.value())
			.bind("smallest", SmallGroups.SMALLEST)
			.map(this::figures)
			.all()
			.collectList();
	}

	/** By question, the most frequent first. */
	Mono<Map<UUID, List<WrongText>>> wrongTexts(RoundId round) {
		return this.database
			.sql("""
					WITH given AS (
					  SELECT a.member_id, s.question_id, s.text, s.credit, q.kind, q.blanks, k.parts
					  FROM quiz_attempts a
					  JOIN quiz_answers s ON s.attempt_id = a.id AND s.text <> ''
					  JOIN quiz_round_questions q ON q.round_id = :round AND q.question_id = s.question_id
					  JOIN quiz_round_keys k ON k.round_id = :round AND k.question_id = s.question_id
					  WHERE a.round_id = :round AND a.submitted_at IS NOT NULL AND NOT k.everyone_right
					), answered AS (
					  SELECT question_id, count(DISTINCT member_id) AS members FROM given GROUP BY question_id
					), written AS (
					  SELECT member_id, question_id, 1 AS blank, quiz_plain(text) AS text, NULL::jsonb AS parts
					  FROM given
					  WHERE kind = 'SHORT' AND credit < 1000
					  UNION ALL
					  SELECT g.member_id, g.question_id, l.blank::int, quiz_plain(l.text), g.parts
					  FROM given g
					  CROSS JOIN string_to_table(g.text, chr(10)) WITH ORDINALITY AS l (text, blank)
					  WHERE g.kind = 'FILL_IN' AND l.blank <= g.blanks
					), counted AS (
					  SELECT question_id, blank, text, count(DISTINCT member_id)::int AS members,
					         row_number() OVER (PARTITION BY question_id ORDER BY count(DISTINCT member_id) DESC, blank, text)
					             AS place
					  FROM written
					  JOIN answered a USING (question_id)
					  WHERE text <> ''
					  GROUP BY question_id, blank, text, parts, a.members
					  HAVING count(DISTINCT member_id) >= :smallest AND quiz_accepts(parts, blank, text) IS NOT TRUE
					     AND (a.members - count(DISTINCT member_id) = 0 OR a.members - count(DISTINCT member_id) >= :smallest)
					)
					SELECT question_id, blank, text, members
					FROM counted
					WHERE place <= :most
					ORDER BY question_id, place
					""")
			.bind("round", round.value())
			.bind("smallest", SmallGroups.SMALLEST)
			.bind("most", MOST_WRONG_TEXTS)
			.mapProperties(WrongText.class)
			.all()
			.collectList()
			.map((rows) -> rows.stream().collect(Collectors.groupingBy(WrongText::questionId)));
	}

	/** The best paper of each member. */
	Mono<List<Place>> best(RoundId round, int most) {
		return this.database.sql("""
				SELECT (rank() OVER (ORDER BY score DESC))::int AS rank, member_id, score FROM (
					SELECT member_id, max(score)::int AS score
					FROM quiz_attempts WHERE round_id = :round AND submitted_at IS NOT NULL
					GROUP BY member_id) best
				ORDER BY score DESC, member_id LIMIT :most
				""").bind("round", round.value()).bind("most", most).mapProperties(Place.class).all().collectList();
	}

	private QuestionFigures figures(Readable row) {
		List<String> options = this.json.readValue(Columns.get(row, "options", String.class), TEXTS);
		return new QuestionFigures(Columns.get(row, "question_id", UUID.class), Columns.get(row, "stem", String.class),
				QuestionKind.valueOf(Columns.get(row, "kind", String.class)), options,
				Columns.get(row, "key", Integer.class), Columns.get(row, "answered", Integer.class),
				Columns.get(row, "right_answers", Integer.class),
				List.of(Columns.get(row, "chosen", Integer[].class)).subList(0, options.size()),
				List.of(Columns.get(row, "bands", Integer[].class)), Columns.get(row, "easiness", Double.class),
				row.get("better", Double.class), row.get("weaker", Double.class));
	}

}
