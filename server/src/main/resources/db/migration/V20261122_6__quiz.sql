-- 题库、答题活动（每月一测）与答卷。
-- 答案只在 questions、quiz_round_keys 两张表里；随机种子只在 quiz_round_seeds 里，活动结束前不对外公布。

CREATE TABLE question_banks (
	id               uuid        NOT NULL,
	key              text        NOT NULL,
	title            text        NOT NULL,
	document         text        NOT NULL,
	document_version text,
	created_at       timestamptz NOT NULL,
	CONSTRAINT question_banks_pk PRIMARY KEY (id),
	CONSTRAINT question_banks_key_unique UNIQUE (key)
);

CREATE TABLE questions (
	id          uuid        NOT NULL,
	bank_id     uuid        NOT NULL,
	key         text        NOT NULL,
	kind        text        NOT NULL,
	stem        text        NOT NULL,
	options     jsonb       NOT NULL, -- [{"key","text"}]，次序即选项位置
	answer      text[]      NOT NULL, -- 正确选项的 key
	explanation text        NOT NULL,
	document    text        NOT NULL,
	clause      text        NOT NULL,
	difficulty  smallint    NOT NULL,
	tags        text[]      NOT NULL,
	created_at  timestamptz NOT NULL,
	CONSTRAINT questions_pk PRIMARY KEY (id),
	CONSTRAINT questions_key_unique UNIQUE (key),
	CONSTRAINT questions_bank_fk FOREIGN KEY (bank_id) REFERENCES question_banks (id),
	CONSTRAINT questions_kind_known CHECK (kind IN ('SINGLE', 'MULTIPLE', 'TRUE_FALSE')),
	CONSTRAINT questions_options_count CHECK (jsonb_array_length(options) BETWEEN 2 AND 10),
	CONSTRAINT questions_answer_present CHECK (cardinality(answer) BETWEEN 1 AND 10),
	CONSTRAINT questions_difficulty_range CHECK (difficulty BETWEEN 1 AND 3)
);
CREATE INDEX questions_bank_idx ON questions (bank_id, id);

CREATE TABLE quiz_rounds (
	id                 uuid        NOT NULL,
	key                text, -- 起始内容的自然键，如 monthly-11@2026
	title              text        NOT NULL,
	description        text,
	state              text        NOT NULL,
	opens_at           timestamptz NOT NULL,
	closes_at          timestamptz NOT NULL,
	time_limit_minutes smallint    NOT NULL,
	attempts_allowed   smallint    NOT NULL,
	pass_mark          smallint    NOT NULL,
	review_policy      text        NOT NULL,
	question_count     smallint    NOT NULL,
	commitment         text, -- 种子的 SHA-256（十六进制）
	content_hash       text, -- 发布时定稿的内容摘要
	published_at       timestamptz,
	published_by       uuid,
	created_at         timestamptz NOT NULL,
	created_by         uuid,
	version            bigint      NOT NULL,
	CONSTRAINT quiz_rounds_pk PRIMARY KEY (id),
	CONSTRAINT quiz_rounds_key_unique UNIQUE (key),
	CONSTRAINT quiz_rounds_state_known CHECK (state IN ('DRAFT', 'PUBLISHED')),
	CONSTRAINT quiz_rounds_window CHECK (opens_at < closes_at),
	CONSTRAINT quiz_rounds_time_limit_range CHECK (time_limit_minutes BETWEEN 1 AND 240),
	CONSTRAINT quiz_rounds_attempts_range CHECK (attempts_allowed BETWEEN 1 AND 10),
	CONSTRAINT quiz_rounds_pass_mark_range CHECK (pass_mark BETWEEN 0 AND 100),
	CONSTRAINT quiz_rounds_review_policy_known CHECK (review_policy IN ('AFTER_SUBMISSION', 'AFTER_CLOSING', 'NEVER')),
	CONSTRAINT quiz_rounds_published_whole CHECK ((state = 'PUBLISHED') = (published_at IS NOT NULL)
		AND (state = 'PUBLISHED') = (commitment IS NOT NULL)
		AND (state = 'PUBLISHED') = (content_hash IS NOT NULL))
);
CREATE INDEX quiz_rounds_newest_idx ON quiz_rounds (opens_at DESC, id DESC);

CREATE TABLE quiz_round_rules (
	round_id     uuid       NOT NULL,
	position     smallint   NOT NULL,
	bank_id      uuid       NOT NULL,
	count        smallint   NOT NULL,
	kinds        text[]     NOT NULL, -- 空为不限
	difficulties smallint[] NOT NULL, -- 空为不限
	CONSTRAINT quiz_round_rules_pk PRIMARY KEY (round_id, position),
	CONSTRAINT quiz_round_rules_round_fk FOREIGN KEY (round_id) REFERENCES quiz_rounds (id) ON DELETE CASCADE,
	CONSTRAINT quiz_round_rules_bank_fk FOREIGN KEY (bank_id) REFERENCES question_banks (id),
	CONSTRAINT quiz_round_rules_count_range CHECK (count BETWEEN 1 AND 100)
);
CREATE INDEX quiz_round_rules_bank_idx ON quiz_round_rules (bank_id);

-- 发布时的试题快照：以后改题库，不动正在答的卷。
CREATE TABLE quiz_round_questions (
	round_id    uuid     NOT NULL,
	question_id uuid     NOT NULL,
	rule        smallint NOT NULL,
	kind        text     NOT NULL,
	stem        text     NOT NULL,
	options     jsonb    NOT NULL, -- ["选项文字", …]
	CONSTRAINT quiz_round_questions_pk PRIMARY KEY (round_id, question_id),
	CONSTRAINT quiz_round_questions_rule_fk FOREIGN KEY (round_id, rule) REFERENCES quiz_round_rules (round_id, position)
);

CREATE TABLE quiz_round_keys (
	round_id    uuid    NOT NULL,
	question_id uuid    NOT NULL,
	options     integer NOT NULL, -- 位集：第 n 位为快照的第 n 个选项
	explanation text    NOT NULL,
	source      text    NOT NULL,
	CONSTRAINT quiz_round_keys_pk PRIMARY KEY (round_id, question_id),
	CONSTRAINT quiz_round_keys_question_fk FOREIGN KEY (round_id, question_id)
		REFERENCES quiz_round_questions (round_id, question_id),
	CONSTRAINT quiz_round_keys_options_present CHECK (options > 0)
);

CREATE TABLE quiz_round_seeds (
	round_id uuid  NOT NULL,
	seed     bytea NOT NULL,
	CONSTRAINT quiz_round_seeds_pk PRIMARY KEY (round_id),
	CONSTRAINT quiz_round_seeds_round_fk FOREIGN KEY (round_id) REFERENCES quiz_rounds (id),
	CONSTRAINT quiz_round_seeds_length CHECK (octet_length(seed) = 32)
);

CREATE TABLE quiz_attempts (
	id           uuid        NOT NULL,
	round_id     uuid        NOT NULL,
	member_id    uuid        NOT NULL,
	number       smallint    NOT NULL, -- 第几次作答，从 1 起
	started_at   timestamptz NOT NULL,
	deadline     timestamptz NOT NULL,
	submitted_at timestamptz,
	closed_by    text, -- 本人交卷或到时自动交卷
	correct      smallint,
	score        smallint,
	passed       boolean,
	CONSTRAINT quiz_attempts_pk PRIMARY KEY (id),
	CONSTRAINT quiz_attempts_round_fk FOREIGN KEY (round_id) REFERENCES quiz_rounds (id),
	CONSTRAINT quiz_attempts_number_unique UNIQUE (round_id, member_id, number),
	CONSTRAINT quiz_attempts_closed_by_known CHECK (closed_by IN ('MEMBER', 'DEADLINE')),
	-- 交了的卷必有分数，没交的卷必没有
	CONSTRAINT quiz_attempts_submitted_whole CHECK (num_nulls(submitted_at, closed_by, correct, score, passed) IN (0, 5))
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX quiz_attempts_one_open ON quiz_attempts (round_id, member_id) WHERE submitted_at IS NULL;
CREATE INDEX quiz_attempts_due_idx ON quiz_attempts (deadline) WHERE submitted_at IS NULL;
CREATE INDEX quiz_attempts_member_idx ON quiz_attempts (member_id, started_at DESC, id DESC);

CREATE TABLE quiz_answers (
	attempt_id  uuid        NOT NULL,
	question_id uuid        NOT NULL,
	options     integer     NOT NULL, -- 位集，同 quiz_round_keys.options
	version     bigint      NOT NULL,
	saved_at    timestamptz NOT NULL,
	CONSTRAINT quiz_answers_pk PRIMARY KEY (attempt_id, question_id),
	CONSTRAINT quiz_answers_attempt_fk FOREIGN KEY (attempt_id) REFERENCES quiz_attempts (id) ON DELETE CASCADE
) WITH (fillfactor = 80);
