-- 交卷：先锁住答卷，再读出作答，一次往返。函数内每条语句各取新快照，等锁期间别处刚保存的作答也读得到；
-- 写成一条查询则读不到（快照早于锁）。
CREATE FUNCTION quiz_hold_attempts(ids uuid[])
	RETURNS TABLE (
		attempt quiz_attempts,
		questions uuid[], -- 以下各列逐题对应；一题未答时为空
		options integer[],
		texts text[],
		marks smallint[],
		versions bigint[]
	)
	LANGUAGE plpgsql
	SET plan_cache_mode = force_generic_plan -- 否则每次调用都重新规划，比执行还久
AS $$
BEGIN
	PERFORM FROM quiz_attempts a WHERE a.id = ANY (ids) ORDER BY a.id FOR NO KEY UPDATE;
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
