-- 答案更正：命题人提出、另一人批准；批准后题目答案换新，已交的卷分批重新评分，前后成绩都留存。

ALTER TABLE quiz_rounds ADD COLUMN key_version integer NOT NULL DEFAULT 0; -- 每批准一次更正加一
ALTER TABLE quiz_attempts ADD COLUMN key_version integer NOT NULL DEFAULT 0; -- 成绩按第几版答案评出
ALTER TABLE quiz_round_keys ADD COLUMN everyone_right boolean NOT NULL DEFAULT false; -- 题目作废，抽到的人都算答对

CREATE TABLE quiz_corrections (
	id               uuid        NOT NULL,
	round_id         uuid        NOT NULL,
	question_id      uuid        NOT NULL,
	options          integer     NOT NULL, -- 更正后的正确选项，位集；0 为全员答对
	everyone_right   boolean     NOT NULL,
	previous_options integer     NOT NULL, -- 提出时、批准后为更正前的正确选项
	explanation      text, -- 空则沿用原解析
	reason           text        NOT NULL,
	state            text        NOT NULL,
	proposed_by      uuid        NOT NULL,
	proposed_at      timestamptz NOT NULL,
	decided_by       uuid,
	decided_at       timestamptz,
	comment          text,
	key_version      integer, -- 批准后答案的版本
	CONSTRAINT quiz_corrections_pk PRIMARY KEY (id),
	CONSTRAINT quiz_corrections_key_fk FOREIGN KEY (round_id, question_id)
		REFERENCES quiz_round_keys (round_id, question_id),
	CONSTRAINT quiz_corrections_state_known CHECK (state IN ('PROPOSED', 'REJECTED', 'REGRADING', 'DONE')),
	CONSTRAINT quiz_corrections_decided_whole CHECK (num_nulls(decided_by, decided_at) = CASE state WHEN 'PROPOSED' THEN 2 ELSE 0 END),
	CONSTRAINT quiz_corrections_version_whole CHECK ((key_version IS NOT NULL) = (state IN ('REGRADING', 'DONE'))),
	CONSTRAINT quiz_corrections_four_eyes CHECK (decided_by <> proposed_by),
	CONSTRAINT quiz_corrections_meaning CHECK (everyone_right = (options = 0))
);
CREATE INDEX quiz_corrections_newest_idx ON quiz_corrections (round_id, proposed_at DESC, id DESC);
CREATE INDEX quiz_corrections_running_idx ON quiz_corrections (round_id, key_version) WHERE state = 'REGRADING';

CREATE TABLE quiz_regradings (
	attempt_id     uuid        NOT NULL,
	correction_id  uuid        NOT NULL,
	correct_before smallint    NOT NULL,
	correct_after  smallint    NOT NULL,
	score_before   smallint    NOT NULL,
	score_after    smallint    NOT NULL,
	passed_before  boolean     NOT NULL,
	passed_after   boolean     NOT NULL,
	regraded_at    timestamptz NOT NULL,
	CONSTRAINT quiz_regradings_pk PRIMARY KEY (correction_id, attempt_id),
	CONSTRAINT quiz_regradings_correction_fk FOREIGN KEY (correction_id) REFERENCES quiz_corrections (id),
	CONSTRAINT quiz_regradings_attempt_fk FOREIGN KEY (attempt_id) REFERENCES quiz_attempts (id) ON DELETE CASCADE
);
CREATE INDEX quiz_regradings_attempt_idx ON quiz_regradings (attempt_id, regraded_at);
