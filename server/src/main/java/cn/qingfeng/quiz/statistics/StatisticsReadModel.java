package cn.qingfeng.quiz.statistics;

import java.util.List;
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
 * Counts the attempts and answers of a round that is over: three statements, whatever its
 * size.
 */
@Repository
class StatisticsReadModel {

	private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {
	};

	private static final int MOST_OPTIONS = 10;

	/** One number an option: how many chose it. */
	private static final String CHOSEN = IntStream.range(0, MOST_OPTIONS)
		.mapToObj((bit) -> "count(*) FILTER (WHERE s.options & %d <> 0)".formatted(1 << bit))
		.collect(Collectors.joining(", ", "ARRAY[", "]::int[]"));

	private static final String QUESTIONS = """
			WITH ranked AS (
			  SELECT id, member_id, percent_rank() OVER (ORDER BY score) AS place
			  FROM quiz_attempts
			  WHERE round_id = :round AND submitted_at IS NOT NULL
			)
			SELECT q.question_id, q.stem, q.kind, q.options::text AS options, k.options AS key,
			       count(*)::int AS answered,
			       (count(*) FILTER (WHERE (coalesce(s.credit = 1000, s.options = k.options) OR k.everyone_right)))::int AS right_answers,
			       (count(*) FILTER (WHERE r.place >= 0.73))::int AS better,
			       (count(*) FILTER (WHERE r.place >= 0.73 AND (coalesce(s.credit = 1000, s.options = k.options) OR k.everyone_right)))::int AS better_right,
			       (count(*) FILTER (WHERE r.place <= 0.27))::int AS weaker,
			       (count(*) FILTER (WHERE r.place <= 0.27 AND (coalesce(s.credit = 1000, s.options = k.options) OR k.everyone_right)))::int AS weaker_right,
			       %s AS chosen
			FROM ranked r
			JOIN quiz_answers s ON s.attempt_id = r.id AND (s.options <> 0 OR s.text <> '')
			JOIN quiz_round_questions q ON q.round_id = :round AND q.question_id = s.question_id
			JOIN quiz_round_keys k ON k.round_id = :round AND k.question_id = s.question_id
			GROUP BY q.round_id, q.question_id, k.options, k.everyone_right
			HAVING count(DISTINCT r.member_id) >= :smallest
			ORDER BY avg(CASE WHEN (coalesce(s.credit = 1000, s.options = k.options) OR k.everyone_right) THEN 1.0 ELSE 0.0 END), q.question_id
			"""
		.formatted(CHOSEN);

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
				Columns.get(row, "better", Integer.class), Columns.get(row, "better_right", Integer.class),
				Columns.get(row, "weaker", Integer.class), Columns.get(row, "weaker_right", Integer.class));
	}

}
