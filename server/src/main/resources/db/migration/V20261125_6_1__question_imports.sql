-- 题库导入：先预览，后入库；预览保留一周。
CREATE TABLE question_imports (
	id           uuid        NOT NULL,
	bank_id      uuid        NOT NULL,
	format       text        NOT NULL,
	questions    jsonb       NOT NULL, -- 可以入库的题
	errors       jsonb       NOT NULL, -- 不能入库的行和原因
	alike        jsonb       NOT NULL, -- 与已有题目相近、请人看一看的题
	created_at   timestamptz NOT NULL,
	created_by   uuid        NOT NULL,
	committed_at timestamptz,
	added        integer, -- 实际入库的题数
	CONSTRAINT question_imports_pk PRIMARY KEY (id),
	CONSTRAINT question_imports_bank_fk FOREIGN KEY (bank_id) REFERENCES question_banks (id),
	CONSTRAINT question_imports_committed_whole CHECK (num_nulls(committed_at, added) IN (0, 2))
);
CREATE INDEX question_imports_bank_idx ON question_imports (bank_id);
CREATE INDEX question_imports_age_idx ON question_imports (created_at);
