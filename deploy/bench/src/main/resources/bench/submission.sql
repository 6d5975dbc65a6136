\set number :first + :client_id * :each + :done
\set done :done + 1
\set lane random(0, 15)
BEGIN;
SELECT (attempt).*, questions, options, texts, marks, versions FROM quiz_hold_attempts(ARRAY[('0000000000000' || :number::text)::uuid]);
WITH closed AS (UPDATE quiz_attempts a SET submitted_at = c.submitted_at, closed_by = c.closed_by, correct = c.correct, score = c.score, passed = c.passed, key_version = c.key_version FROM unnest(ARRAY[('0000000000000' || :number::text)::uuid], ARRAY[now()], ARRAY['MEMBER'], ARRAY[10], ARRAY[50], ARRAY[false], ARRAY[0]) AS c (id, submitted_at, closed_by, correct, score, passed, key_version) WHERE a.id = c.id AND a.submitted_at IS NULL RETURNING a.round_id, a.number) INSERT INTO quiz_turnout AS t (round_id, lane, members, attempts) SELECT round_id, :lane::smallint, count(*) FILTER (WHERE number = 1), count(*) FROM closed GROUP BY round_id ORDER BY round_id ON CONFLICT (round_id, lane) DO UPDATE SET members = t.members + excluded.members, attempts = t.attempts + excluded.attempts;
COMMIT;
