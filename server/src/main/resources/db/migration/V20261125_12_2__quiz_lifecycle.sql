-- 组卷规则可按标签或指定题目；活动可以提前或延后截止，开始前可以撤回。

ALTER TABLE quiz_round_rules ADD COLUMN tags text[] NOT NULL DEFAULT '{}'; -- 空为不限
ALTER TABLE quiz_round_rules ADD COLUMN questions uuid[] NOT NULL DEFAULT '{}'; -- 指定题目，空为随机抽题
ALTER TABLE quiz_round_rules ADD CONSTRAINT quiz_round_rules_fixed_count
	CHECK (cardinality(questions) IN (0, count));

ALTER TABLE quiz_rounds ADD COLUMN changed_by uuid; -- 最后修改草稿的人，不能自己发布
ALTER TABLE quiz_rounds ADD COLUMN end_moved_at timestamptz; -- 最近一次改截止时间
CREATE INDEX quiz_rounds_end_moved_idx ON quiz_rounds (end_moved_at) WHERE end_moved_at IS NOT NULL;
