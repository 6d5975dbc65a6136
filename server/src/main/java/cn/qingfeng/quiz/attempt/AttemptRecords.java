package cn.qingfeng.quiz.attempt;

import cn.qingfeng.member.MemberId;
import cn.qingfeng.member.MemberRecords;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Papers of a member, what they answered and what was practised; never what was right.
 * Erasing keeps the papers: with the entry of the roster gone their member's id leads to
 * nobody, and results of a round stay what they were. What was written goes, for people
 * write about themselves; what it was worth stays.
 */
@Component
class AttemptRecords implements MemberRecords {

	private final DatabaseClient database;

	private final JsonMapper json;

	AttemptRecords(DatabaseClient database, JsonMapper json) {
		this.database = database;
		this.json = json;
	}

	@Override
	public String section() {
		return "quiz";
	}

	@Override
	public Mono<JsonNode> copy(MemberId member) {
		return this.database
			.sql("""
					SELECT jsonb_build_object('attempts', coalesce(jsonb_agg(jsonb_build_object('quiz', r.title, 'number', a.number,
						'startedAt', a.started_at, 'submittedAt', a.submitted_at, 'score', a.score, 'passed', a.passed,
						'deviceMarkKept', a.origin IS NOT NULL, 'corrections', (
							SELECT coalesce(jsonb_agg(jsonb_build_object('at', g.regraded_at, 'scoreBefore', g.score_before,
								'scoreAfter', g.score_after) ORDER BY g.regraded_at), '[]')
							FROM quiz_regradings g WHERE g.attempt_id = a.id),
						'answers', (SELECT coalesce(jsonb_agg(jsonb_build_object('question', q.stem, 'savedAt', w.saved_at,
							'written', w.text, 'remark', (SELECT m.reason FROM quiz_marks m
								WHERE m.attempt_id = w.attempt_id AND m.question_id = w.question_id), 'chosen', (
							SELECT coalesce(jsonb_agg(o.text ORDER BY o.place), '[]')
							FROM jsonb_array_elements(q.options) WITH ORDINALITY AS o (text, place)
							WHERE w.options & (1 << (o.place::int - 1)) <> 0))), '[]')
							FROM quiz_answers w JOIN quiz_round_questions q
								ON q.round_id = a.round_id AND q.question_id = w.question_id
							WHERE w.attempt_id = a.id)) ORDER BY a.started_at), '[]'),
						'practice', (SELECT coalesce(jsonb_agg(jsonb_build_object('question', b.stem, 'rightInARow', p.right_in_a_row,
							'practisedAt', p.practised_at) ORDER BY p.practised_at), '[]')
							FROM quiz_practice p JOIN questions b ON b.id = p.question_id
							WHERE p.member_id = :id))::text
					FROM quiz_attempts a JOIN quiz_rounds r ON r.id = a.round_id WHERE a.member_id = :id
					""")
			.bind("id", member.value())
			.mapValue(String.class)
			.one()
			.map(this.json::readTree);
	}

	@Override
	public Mono<Void> erase(MemberId member) {
		return this.database.sql("""
				WITH practice AS (
				  DELETE FROM quiz_practice WHERE member_id = :id
				), own AS (
				  SELECT id FROM quiz_attempts WHERE member_id = :id
				), remark AS (
				  DELETE FROM quiz_marks m USING own WHERE m.attempt_id = own.id
				), origin AS (
				  UPDATE quiz_attempts SET origin = NULL WHERE member_id = :id AND origin IS NOT NULL
				)
				UPDATE quiz_answers w SET text = '', mark = coalesce(w.mark, w.credit)
				FROM own WHERE w.attempt_id = own.id AND w.text IS NOT NULL
				""").bind("id", member.value()).then();
	}

}
