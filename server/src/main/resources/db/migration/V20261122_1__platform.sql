-- 平台：幂等键、发件箱、种子装载记录

CREATE TABLE idempotency_key (
	caller         text        NOT NULL,
	key            text        NOT NULL,
	request_digest bytea       NOT NULL,
	status         integer,
	location       text,
	etag           text,
	body           text,
	created_at     timestamptz NOT NULL DEFAULT now(),
	CONSTRAINT idempotency_key_pk PRIMARY KEY (caller, key),
	CONSTRAINT idempotency_key_length CHECK (length(key) BETWEEN 1 AND 200)
);
CREATE INDEX idempotency_key_by_age ON idempotency_key (created_at);

CREATE TABLE outbox_event (
	id         uuid        NOT NULL,
	type       text        NOT NULL,
	payload    jsonb       NOT NULL,
	created_at timestamptz NOT NULL DEFAULT now(),
	CONSTRAINT outbox_event_pk PRIMARY KEY (id)
);
CREATE INDEX outbox_event_by_age ON outbox_event (created_at);

-- 每个处理者各有一行投递记录：处理与标记在同一事务中，效果恰好一次
CREATE TABLE outbox_delivery (
	event_id        uuid        NOT NULL,
	handler         text        NOT NULL,
	state           text        NOT NULL DEFAULT 'PENDING',
	attempts        integer     NOT NULL DEFAULT 0,
	next_attempt_at timestamptz NOT NULL DEFAULT now(),
	done_at         timestamptz,
	last_error      text,
	CONSTRAINT outbox_delivery_pk PRIMARY KEY (event_id, handler),
	CONSTRAINT outbox_delivery_event_fk FOREIGN KEY (event_id) REFERENCES outbox_event (id) ON DELETE CASCADE,
	CONSTRAINT outbox_delivery_state CHECK (state IN ('PENDING', 'DONE', 'DEAD'))
) WITH (fillfactor = 70);
CREATE INDEX outbox_delivery_due ON outbox_delivery (next_attempt_at, event_id) WHERE state = 'PENDING';
CREATE INDEX outbox_delivery_open ON outbox_delivery (state) WHERE state <> 'DONE';

CREATE TABLE seed_load (
	folder    text        NOT NULL,
	digest    text        NOT NULL,
	loaded_at timestamptz NOT NULL DEFAULT now(),
	CONSTRAINT seed_load_pk PRIMARY KEY (folder)
);
