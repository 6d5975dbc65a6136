-- 题目所依据的文件和版本；文件有了新版本，依据旧版本的题停用，逐题复核后恢复。
CREATE TABLE source_documents (
	id            uuid        NOT NULL,
	title         text        NOT NULL, -- 不带书名号
	edition       text        NOT NULL, -- 如“2023年修订”；没有人说明时为空串
	valid_from    date,
	superseded_by uuid,
	created_at    timestamptz NOT NULL,
	CONSTRAINT source_documents_pk PRIMARY KEY (id),
	CONSTRAINT source_documents_superseded_by_fk FOREIGN KEY (superseded_by) REFERENCES source_documents (id)
		DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX source_documents_one_current ON source_documents (title) WHERE superseded_by IS NULL;
CREATE INDEX source_documents_title_idx ON source_documents (title, id);
CREATE INDEX source_documents_superseded_by_idx ON source_documents (superseded_by);

ALTER TABLE question_banks
	ADD COLUMN archived_at timestamptz,
	ADD COLUMN version     bigint NOT NULL DEFAULT 0;

ALTER TABLE questions
	ADD COLUMN edition_id   uuid, -- 最近一次按哪个版本核对过
	ADD COLUMN withdrawn_at timestamptz,
	ADD COLUMN version      bigint NOT NULL DEFAULT 0,
	ADD CONSTRAINT questions_edition_fk FOREIGN KEY (edition_id) REFERENCES source_documents (id);
CREATE INDEX questions_edition_idx ON questions (edition_id, id);

INSERT INTO source_documents (id, title, edition, created_at)
SELECT gen_random_uuid(), d.title,
       coalesce((SELECT max(b.document_version) FROM question_banks b WHERE btrim(b.document, '《》') = d.title), ''), d.at
FROM (SELECT btrim(document, '《》') AS title, min(created_at) AS at FROM questions GROUP BY 1) d;

UPDATE questions q
SET edition_id = d.id
FROM source_documents d
WHERE d.title = btrim(q.document, '《》');
