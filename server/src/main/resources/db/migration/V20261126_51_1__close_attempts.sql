-- 交卷：先读出答卷和作答，评好分，再由一个函数锁住、核对、写入、计数。各一次往返，函数自成一个事务。
-- 核对作答条数与版本之和：每次保存都会使两者之一增大，所以评分之后若又有保存，必不相符，该卷不写，由服务重新读取评分。
DROP FUNCTION quiz_hold_attempts(uuid[]);

-- 两个函数的执行计划在表还很小时就已缓存，首场竞赛几秒内便有上千份答卷，等不到统计信息更新；
-- 因此只许按主键逐份查找，计划与表的大小无关。不缓存则每次调用都重新规划，比执行还久。
CREATE FUNCTION quiz_answered_attempts(ids uuid[])
	RETURNS TABLE (
		attempt quiz_attempts,
		questions uuid[], -- 以下各列逐题对应；一题未答时为空
		options integer[],
		texts text[],
		marks smallint[],
		versions bigint[]
	)
	LANGUAGE plpgsql
	STABLE
	SET plan_cache_mode = force_generic_plan
	SET enable_seqscan = off
AS $$
BEGIN
	RETURN QUERY
		SELECT a, s.questions, s.options, s.texts, s.marks, s.versions
		FROM quiz_attempts a
		CROSS JOIN LATERAL (
			SELECT array_agg(q.question_id) AS questions, array_agg(q.options) AS options, array_agg(q.text) AS texts,
			       array_agg(q.mark) AS marks, array_agg(q.version) AS versions
			FROM quiz_answers q
			WHERE q.attempt_id = a.id
		) s
		WHERE a.id = ANY (ids);
END
$$;

CREATE FUNCTION quiz_close_attempts(
	ids uuid[],
	answers bigint[], -- 评分时的作答条数
	versions bigint[], -- 评分时的版本之和
	times timestamptz[],
	closers text[],
	corrects integer[],
	scores integer[],
	passes boolean[],
	keys integer[],
	turnout_lane integer,
	graded_attempts uuid[], -- 以下三列为书面作答的得分
	graded_questions uuid[],
	credits integer[]
)
	RETURNS uuid[] -- 这次交上的
	LANGUAGE plpgsql
	SET plan_cache_mode = force_generic_plan
	SET enable_seqscan = off
	SET enable_hashjoin = off
	SET enable_mergejoin = off
AS $$
DECLARE
	done uuid[];
BEGIN
	-- 按序上锁，交卷之间只会排队，不会成环
	PERFORM FROM quiz_attempts a WHERE a.id = ANY (ids) ORDER BY a.id FOR NO KEY UPDATE;
	-- 另起一条语句，拿到锁之后才取快照：等锁期间别处刚保存的作答也看得到
	WITH closed AS (
		UPDATE quiz_attempts a
		SET submitted_at = c.submitted_at, closed_by = c.closed_by, correct = c.correct, score = c.score,
		    passed = c.passed, key_version = c.key_version
		FROM unnest(ids, answers, versions, times, closers, corrects, scores, passes, keys)
		         AS c (id, answers, versions, submitted_at, closed_by, correct, score, passed, key_version)
		WHERE a.id = c.id AND num_nulls(a.submitted_at) = 1 -- 写成 IS NULL 会选中部分索引，扫过所有未交的
		  AND (c.answers, c.versions) = (
			SELECT count(*), coalesce(sum(q.version), 0) FROM quiz_answers q WHERE q.attempt_id = c.id
		  )
		RETURNING a.id, a.round_id, a.number
	), counted AS (
		-- 计数放在最后，也按序
		INSERT INTO quiz_turnout AS t (round_id, lane, members, attempts)
		SELECT round_id, turnout_lane, count(*) FILTER (WHERE number = 1), count(*)
		FROM closed
		GROUP BY round_id
		ORDER BY round_id
		ON CONFLICT (round_id, lane) DO UPDATE
		SET members = t.members + excluded.members, attempts = t.attempts + excluded.attempts
	)
	SELECT coalesce(array_agg(id), '{}') INTO done FROM closed;
	IF cardinality(credits) > 0 THEN
		UPDATE quiz_answers q
		SET credit = g.credit
		FROM unnest(graded_attempts, graded_questions, credits) AS g (attempt_id, question_id, credit)
		WHERE q.attempt_id = g.attempt_id AND q.question_id = g.question_id AND g.attempt_id = ANY (done);
	END IF;
	RETURN done;
END
$$;
