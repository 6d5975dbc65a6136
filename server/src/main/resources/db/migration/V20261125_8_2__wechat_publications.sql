-- 文章发布到公众号：每篇一行，每一步先记下再走下一步

CREATE TABLE wechat_publication (
	subject uuid CONSTRAINT wechat_publication_pk PRIMARY KEY,
	article jsonb NOT NULL,
	state text NOT NULL CONSTRAINT wechat_publication_state
		CHECK (state IN ('SUBMITTING', 'SUBMITTED', 'PUBLISHED', 'REFUSED', 'DOUBTFUL', 'WITHDRAWN')),
	unwanted boolean NOT NULL DEFAULT false,
	reason text,
	cover_media_id text,
	draft_media_id text,
	submit_tried boolean NOT NULL DEFAULT false,
	publish_id text,
	article_id text,
	urls text[] NOT NULL DEFAULT '{}',
	polls integer NOT NULL DEFAULT 0,
	attempts integer NOT NULL DEFAULT 0,
	due_at timestamptz NOT NULL DEFAULT now(),
	lease_until timestamptz,
	updated_at timestamptz NOT NULL DEFAULT now(),
	CONSTRAINT wechat_publication_publish_id UNIQUE (publish_id)
);

CREATE INDEX wechat_publication_at_work ON wechat_publication (due_at)
	WHERE state IN ('SUBMITTING', 'SUBMITTED') OR state = 'PUBLISHED' AND unwanted;

-- WeChat's word may come before our own commit of the submission, and it may say more later: 5 and 6 after 0.
CREATE TABLE publication_receipt (
	publish_id text NOT NULL,
	status integer NOT NULL,
	article_id text,
	urls text[] NOT NULL,
	received_at timestamptz NOT NULL DEFAULT now(),
	CONSTRAINT publication_receipt_pk PRIMARY KEY (publish_id, status)
);
