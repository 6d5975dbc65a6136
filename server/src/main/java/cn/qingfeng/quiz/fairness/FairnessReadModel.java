package cn.qingfeng.quiz.fairness;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.platform.database.Columns;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.fairness.Finding.SuspectAttempt;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Looks for what is odd in the attempts of a round that is over: one statement for each
 * kind, whatever its size.
 */
@Repository
class FairnessReadModel {

	/** More than anybody looks through; a round with more is odd as a whole. */
	private static final int MOST = 200;

	private final DatabaseClient database;

	private final Transactions transactions;

	private final FairnessProperties limits;

	FairnessReadModel(DatabaseClient database, Transactions transactions, FairnessProperties limits) {
		this.database = database;
		this.transactions = transactions;
		this.limits = limits;
	}

	Mono<Integer> participants(RoundId round) {
		return this.database.sql("""
				SELECT count(DISTINCT member_id)::int AS participants
				FROM quiz_attempts
				WHERE round_id = :round AND submitted_at IS NOT NULL
				""").bind("round", round.value()).mapValue(Integer.class).one();
	}

	/**
	 * Attempts with less time for each answer than anybody needs to read the question.
	 */
	Mono<List<Pace>> tooFast(RoundId round) {
		return this.database.sql("""
				SELECT a.id, count(*)::int AS answers,
				       extract(epoch FROM a.submitted_at - a.started_at)::float8 AS seconds
				FROM quiz_attempts a
				JOIN quiz_answers s ON s.attempt_id = a.id AND (s.options <> 0 OR s.text <> '')
				WHERE a.round_id = :round AND a.submitted_at IS NOT NULL
				GROUP BY a.id
				HAVING count(*) >= :fewest
				   AND extract(epoch FROM a.submitted_at - a.started_at) * 1000 < count(*) * :pace
				ORDER BY seconds, a.id
				LIMIT :most
				""")
			.bind("round", round.value())
			.bind("fewest", this.limits.fewestAnswers())
			.bind("pace", this.limits.pace().toMillis())
			.bind("most", MOST)
			.mapProperties(Pace.class)
			.all()
			.collectList();
	}

	/**
	 * Pairs of different members' attempts with equal answers to the same questions at
	 * the same moments. A blank that is wrong in the same way tells as much as the same
	 * option, whatever stands in the other blanks. Each answer is looked up in its own
	 * slice of time and those beside it, so the work grows with the answers, not with the
	 * pairs.
	 */
	Mono<List<Alike>> alike(RoundId round) {
		return this.transactions.inTransaction(withoutNestedLoops().then(Mono.defer(() -> pairs(round))));
	}

	/**
	 * Until the answers of a rush are in the statistics, the planner takes them for few
	 * and would compare each with each.
	 */
	private Mono<Void> withoutNestedLoops() {
		return this.database.sql("SELECT set_config('enable_nestloop', :off, true)").bind("off", "off").then();
	}

	private Mono<List<Alike>> pairs(RoundId round) {
		return this.database
			.sql("""
					WITH given AS MATERIALIZED (
					  SELECT a.id, a.member_id, s.question_id, s.options, s.text, s.saved_at,
					         floor(extract(epoch FROM s.saved_at) * 1000 / :moment)::bigint AS slice
					  FROM quiz_attempts a
					  JOIN quiz_answers s ON s.attempt_id = a.id AND (s.options <> 0 OR s.text <> '')
					  WHERE a.round_id = :round AND a.submitted_at IS NOT NULL
					), answered AS (
					  SELECT id, count(*)::int AS answers
					  FROM given
					  GROUP BY id
					), wrong AS MATERIALIZED (
					  SELECT g.id, g.member_id, g.question_id, l.blank::int AS blank, quiz_plain(l.text) AS answer, g.saved_at,
					         g.slice, k.parts
					  FROM given g
					  JOIN quiz_round_questions q ON q.round_id = :round AND q.question_id = g.question_id
					                             AND q.kind = 'FILL_IN' AND q.blanks > 1
					  JOIN quiz_round_keys k ON k.round_id = :round AND k.question_id = g.question_id
					  CROSS JOIN string_to_table(g.text, chr(10)) WITH ORDINALITY AS l (text, blank)
					), answer AS MATERIALIZED (
					  SELECT id, member_id, question_id, 0 AS blank,
					         coalesce(quiz_plain(replace(rtrim(text, chr(10)), chr(10), '|')), options::text) AS answer,
					         saved_at, slice
					  FROM given
					  UNION ALL
					  SELECT id, member_id, question_id, blank, answer, saved_at, slice
					  FROM wrong
					  WHERE answer <> '' AND NOT quiz_accepts(parts, blank, answer)
					), near AS MATERIALIZED (
					  SELECT id, member_id, question_id, blank, answer, saved_at, slice + beside AS slice
					  FROM answer
					  CROSS JOIN generate_series(-1, 1) AS beside
					), equal AS (
					  SELECT DISTINCT one.id AS one, other.id AS other, one.question_id
					  FROM near one
					  JOIN answer other USING (question_id, blank, answer, slice)
					  WHERE one.id < other.id AND one.member_id <> other.member_id
					    AND abs(extract(epoch FROM one.saved_at - other.saved_at)) * 1000 <= :moment
					), pair AS (
					  SELECT one, other, count(*)::int AS alike
					  FROM equal
					  GROUP BY one, other
					  HAVING count(*) >= :fewest
					)
					SELECT p.one, p.other, p.alike, least(x.answers, y.answers) AS answers
					FROM pair p
					JOIN answered x ON x.id = p.one
					JOIN answered y ON y.id = p.other
					WHERE p.alike * 100 >= least(x.answers, y.answers) * :percent
					ORDER BY p.alike DESC, p.one, p.other
					LIMIT :most
					""")
			.bind("round", round.value())
			.bind("moment", this.limits.moment().toMillis())
			.bind("fewest", this.limits.alikeAnswers())
			.bind("percent", this.limits.alikePercent())
			.bind("most", MOST)
			.mapProperties(Alike.class)
			.all()
			.collectList();
	}

	/** Attempts of many members with the same mark. */
	Mono<List<Device>> devices(RoundId round) {
		return this.database.sql("""
				SELECT array_agg(id ORDER BY started_at, id) AS ids, count(DISTINCT member_id)::int AS members
				FROM quiz_attempts
				WHERE round_id = :round AND submitted_at IS NOT NULL AND origin IS NOT NULL
				GROUP BY origin
				HAVING count(DISTINCT member_id) >= :fewest
				ORDER BY members DESC
				LIMIT :most
				""")
			.bind("round", round.value())
			.bind("fewest", this.limits.membersOfADevice())
			.bind("most", MOST)
			.map((row) -> new Device(Arrays.asList(Columns.get(row, "ids", UUID[].class)),
					Columns.get(row, "members", Integer.class)))
			.all()
			.collectList();
	}

	Mono<Map<UUID, SuspectAttempt>> attempts(Collection<UUID> ids) {
		return this.database.sql("""
				SELECT id, member_id, started_at, submitted_at, score
				FROM quiz_attempts
				WHERE id = ANY(:ids)
				""")
			.bind("ids", ids.toArray(UUID[]::new))
			.mapProperties(SuspectAttempt.class)
			.all()
			.collectMap(SuspectAttempt::id);
	}

	/** Erases marks of rounds that ended before then; true when there may be more. */
	Mono<Boolean> eraseOrigins(Instant endedBefore) {
		return this.database.sql("""
				UPDATE quiz_attempts
				SET origin = NULL
				WHERE id IN (SELECT a.id
				             FROM quiz_rounds r
				             JOIN quiz_attempts a ON a.round_id = r.id AND a.origin IS NOT NULL
				             WHERE r.closes_at < :before
				             LIMIT 1000)
				""").bind("before", endedBefore).fetch().rowsUpdated().map((rows) -> rows > 0);
	}

	/**
	 * A fast attempt.
	 *
	 * @param id of the attempt
	 * @param answers given
	 * @param seconds from the start to the end
	 */
	record Pace(UUID id, int answers, double seconds) {

		Duration each() {
			return Duration.ofMillis(Math.round(this.seconds * 1000 / this.answers));
		}

	}

	/**
	 * Two attempts.
	 *
	 * @param one of them
	 * @param other of another member
	 * @param alike equal answers at the same moments
	 * @param answers of the shorter one
	 */
	record Alike(UUID one, UUID other, int alike, int answers) {

	}

	/**
	 * Attempts with the same mark.
	 *
	 * @param ids of the attempts
	 * @param members whose they are
	 */
	record Device(List<UUID> ids, int members) {

		Device {
			ids = List.copyOf(ids);
		}

	}

}
