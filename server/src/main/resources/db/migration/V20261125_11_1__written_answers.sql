-- 填空题、简答题：答案是写出来的，按空或按关键词给分。
ALTER TABLE questions
	ADD COLUMN parts jsonb NOT NULL DEFAULT '[]', -- [{"accepted":["写法",…],"weight":1}]，填空题每空一项，简答题每个关键词一项
	DROP CONSTRAINT questions_kind_known,
	DROP CONSTRAINT questions_options_count,
	DROP CONSTRAINT questions_answer_present,
	ADD CONSTRAINT questions_kind_known CHECK (kind IN ('SINGLE', 'MULTIPLE', 'TRUE_FALSE', 'FILL_IN', 'SHORT')),
	ADD CONSTRAINT questions_options_count CHECK (CASE WHEN kind IN ('FILL_IN', 'SHORT')
		THEN jsonb_array_length(options) = 0 ELSE jsonb_array_length(options) BETWEEN 2 AND 10 END),
	ADD CONSTRAINT questions_answer_present CHECK (CASE WHEN kind IN ('FILL_IN', 'SHORT')
		THEN cardinality(answer) = 0 ELSE cardinality(answer) BETWEEN 1 AND 10 END),
	ADD CONSTRAINT questions_parts_present CHECK (CASE WHEN kind IN ('FILL_IN', 'SHORT')
		THEN jsonb_array_length(parts) BETWEEN 1 AND 20 ELSE jsonb_array_length(parts) = 0 END);

ALTER TABLE quiz_round_questions
	ADD COLUMN blanks smallint NOT NULL DEFAULT 0; -- 填空题的空数，简答题为 1，选择题为 0

ALTER TABLE quiz_round_keys
	ADD COLUMN parts jsonb NOT NULL DEFAULT '[]', -- 同 questions.parts
	DROP CONSTRAINT quiz_round_keys_options_present,
	ADD CONSTRAINT quiz_round_keys_present CHECK ((options > 0) <> (jsonb_array_length(parts) > 0));

ALTER TABLE quiz_answers
	ADD COLUMN text   text,     -- 写出来的答案，填空题每空一行；选择题为空
	ADD COLUMN credit smallint, -- 写出来的答案所得，千分数，交卷时写入
	ADD COLUMN mark   smallint, -- 人工评阅所得，千分数；优先于机器评分
	ADD CONSTRAINT quiz_answers_credit_range CHECK (credit BETWEEN 0 AND 1000),
	ADD CONSTRAINT quiz_answers_mark_range CHECK (mark BETWEEN 0 AND 1000);
CREATE INDEX quiz_answers_written_idx ON quiz_answers (question_id, attempt_id) WHERE text IS NOT NULL;

-- 简答题的人工评阅：谁、何时、为什么。
CREATE TABLE quiz_marks (
	attempt_id  uuid        NOT NULL,
	question_id uuid        NOT NULL,
	reason      text        NOT NULL,
	marked_by   uuid        NOT NULL,
	marked_at   timestamptz NOT NULL,
	CONSTRAINT quiz_marks_pk PRIMARY KEY (attempt_id, question_id),
	CONSTRAINT quiz_marks_answer_fk FOREIGN KEY (attempt_id, question_id)
		REFERENCES quiz_answers (attempt_id, question_id) ON DELETE CASCADE
);
