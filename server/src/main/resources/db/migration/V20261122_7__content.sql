-- 内容：栏目、文章、三审三校签名、月刊、阅读

CREATE TABLE content_column (
	key text CONSTRAINT content_column_pk PRIMARY KEY,
	name text NOT NULL,
	description text,
	position integer NOT NULL
);

CREATE TABLE content_column_link (
	column_key text NOT NULL CONSTRAINT content_column_link_of REFERENCES content_column,
	title text NOT NULL,
	description text,
	url text,
	wechat_account text,
	position integer NOT NULL,
	CONSTRAINT content_column_link_somewhere CHECK (url IS NOT NULL OR wechat_account IS NOT NULL),
	CONSTRAINT content_column_link_pk PRIMARY KEY (column_key, position)
);

CREATE TABLE article (
	id uuid CONSTRAINT article_pk PRIMARY KEY,
	seed_key text CONSTRAINT article_seed UNIQUE,
	column_key text NOT NULL CONSTRAINT article_of_column REFERENCES content_column,
	title text NOT NULL,
	summary text,
	author text,
	html text NOT NULL,
	sources text[] NOT NULL,
	state text NOT NULL CONSTRAINT article_state
		CHECK (state IN ('DRAFT', 'IN_REVIEW', 'APPROVED', 'PUBLISHED', 'RECALLED')),
	content_hash text NOT NULL,
	submission integer NOT NULL DEFAULT 0,
	writer_id uuid,
	search_tokens text[] NOT NULL,
	recall_reason text,
	created_at timestamptz NOT NULL,
	updated_at timestamptz NOT NULL,
	published_at timestamptz,
	version bigint NOT NULL
);

CREATE INDEX article_changed ON article (updated_at DESC, id DESC);
CREATE INDEX article_published ON article (published_at DESC, id DESC) WHERE state = 'PUBLISHED';
CREATE INDEX article_published_in_column ON article (column_key, published_at DESC, id DESC) WHERE state = 'PUBLISHED';
CREATE INDEX article_words ON article USING gin (search_tokens) WHERE state = 'PUBLISHED';

-- One row a decision; never changed. It counts while the content and the submission are the same.
CREATE TABLE review_signature (
	id uuid CONSTRAINT review_signature_pk PRIMARY KEY,
	subject text NOT NULL,
	submission integer NOT NULL,
	stage integer NOT NULL CONSTRAINT review_signature_stage CHECK (stage BETWEEN 1 AND 3),
	verdict text NOT NULL CONSTRAINT review_signature_verdict CHECK (verdict IN ('APPROVE', 'REJECT')),
	comment text,
	reviewer_id uuid NOT NULL,
	content_hash text NOT NULL,
	signed_at timestamptz NOT NULL,
	CONSTRAINT review_signature_stage_once UNIQUE (subject, submission, stage),
	CONSTRAINT review_signature_reviewer_once UNIQUE (subject, submission, reviewer_id)
);

CREATE TABLE monthly_issue (
	month text CONSTRAINT monthly_issue_pk PRIMARY KEY,
	title text NOT NULL,
	quiz_id uuid,
	state text NOT NULL CONSTRAINT monthly_issue_state CHECK (state IN ('DRAFT', 'IN_REVIEW', 'APPROVED', 'PUBLISHED')),
	submission integer NOT NULL DEFAULT 0,
	editor_id uuid,
	campaign_id uuid,
	published_at timestamptz,
	version bigint NOT NULL,
	CONSTRAINT monthly_issue_quiz UNIQUE (quiz_id)
);

CREATE TABLE monthly_issue_article (
	month text NOT NULL CONSTRAINT monthly_issue_article_of REFERENCES monthly_issue,
	position integer NOT NULL,
	article_id uuid NOT NULL CONSTRAINT monthly_issue_article_is REFERENCES article,
	CONSTRAINT monthly_issue_article_pk PRIMARY KEY (month, position),
	CONSTRAINT monthly_issue_article_once UNIQUE (month, article_id)
);

CREATE TABLE favourite (
	member_id uuid NOT NULL,
	article_id uuid NOT NULL CONSTRAINT favourite_article REFERENCES article,
	kept_at timestamptz NOT NULL,
	CONSTRAINT favourite_pk PRIMARY KEY (member_id, article_id)
);

CREATE INDEX favourite_newest ON favourite (member_id, kept_at DESC, article_id DESC);

CREATE TABLE reading_position (
	member_id uuid NOT NULL,
	article_id uuid NOT NULL CONSTRAINT reading_position_article REFERENCES article,
	paragraph integer NOT NULL,
	saved_at timestamptz NOT NULL,
	CONSTRAINT reading_position_pk PRIMARY KEY (member_id, article_id)
);
