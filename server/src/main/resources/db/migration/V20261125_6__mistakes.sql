-- 错题本的练习记录；错题本身由答卷算出，不另存。
CREATE TABLE quiz_practice (
	member_id      uuid        NOT NULL,
	question_id    uuid        NOT NULL,
	right_in_a_row smallint    NOT NULL, -- 连续答对的次数，答错归零
	practised_at   timestamptz NOT NULL,
	CONSTRAINT quiz_practice_pk PRIMARY KEY (member_id, question_id),
	CONSTRAINT quiz_practice_count CHECK (right_in_a_row >= 0)
) WITH (fillfactor = 80);
