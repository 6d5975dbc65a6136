-- 推送：一次推送（campaign）、每人一行的投递（delivery）、站内信（inbox_message）

CREATE TABLE campaign (
	id uuid CONSTRAINT campaign_pk PRIMARY KEY,
	kind text NOT NULL CONSTRAINT campaign_kind CHECK (kind IN ('MASS_ARTICLE', 'NOTICE')),
	title text NOT NULL,
	summary text NOT NULL,
	link text NOT NULL,
	message jsonb NOT NULL,
	state text NOT NULL CONSTRAINT campaign_state
		CHECK (state IN ('PLANNED', 'APPROVED', 'SENDING', 'PAUSED', 'COMPLETED', 'CANCELLED', 'HELD')),
	state_reason text,
	started boolean NOT NULL DEFAULT false,
	send_at timestamptz NOT NULL,
	author_id uuid NOT NULL,
	approver_id uuid,
	created_at timestamptz NOT NULL,
	version bigint NOT NULL,
	CONSTRAINT campaign_four_eyes CHECK (approver_id <> author_id)
);

CREATE INDEX campaign_newest ON campaign (created_at DESC, id DESC);
CREATE INDEX campaign_at_work ON campaign (send_at) WHERE state IN ('APPROVED', 'SENDING');

-- How far the mass send of a campaign has got: each step is remembered before the next is taken.
CREATE TABLE mass_send (
	campaign_id uuid CONSTRAINT mass_send_pk PRIMARY KEY
		CONSTRAINT mass_send_of_campaign REFERENCES campaign,
	cover_media_id text,
	draft_media_id text,
	msg_id text,
	attempts integer NOT NULL DEFAULT 0,
	due_at timestamptz NOT NULL DEFAULT now(),
	lease_until timestamptz,
	finished boolean NOT NULL DEFAULT false,
	CONSTRAINT mass_send_msg UNIQUE (msg_id)
);

CREATE INDEX mass_send_unfinished ON mass_send (due_at) WHERE NOT finished;

CREATE TABLE delivery (
	id uuid CONSTRAINT delivery_pk PRIMARY KEY,
	campaign_id uuid NOT NULL CONSTRAINT delivery_of_campaign REFERENCES campaign,
	member_id uuid NOT NULL,
	channel text NOT NULL CONSTRAINT delivery_channel CHECK (channel IN ('MASS_ARTICLE', 'TEMPLATE_MESSAGE', 'INBOX')),
	openid text,
	state text NOT NULL CONSTRAINT delivery_state CHECK (state IN ('PLANNED', 'SENDING', 'ACCEPTED', 'DELIVERED',
		'BLOCKED', 'FAILED', 'NO_RECEIPT', 'SKIPPED', 'DOUBTFUL')),
	reason text,
	msg_id text,
	attempts integer NOT NULL DEFAULT 0,
	due_at timestamptz NOT NULL DEFAULT now(),
	lease_until timestamptz,
	first_sent_at timestamptz,
	updated_at timestamptz NOT NULL DEFAULT now(),
	CONSTRAINT delivery_once_a_member UNIQUE (campaign_id, member_id)
) WITH (fillfactor = 70);

CREATE INDEX delivery_to_send ON delivery (due_at)
	WHERE channel = 'TEMPLATE_MESSAGE' AND state IN ('PLANNED', 'SENDING');
CREATE INDEX delivery_awaiting_receipt ON delivery (msg_id) WHERE state = 'ACCEPTED';
CREATE INDEX delivery_by_state ON delivery (campaign_id, state, id);

-- A receipt may come before our own commit of the send that it settles.
CREATE TABLE receipt (
	msg_id text CONSTRAINT receipt_pk PRIMARY KEY,
	state text NOT NULL CONSTRAINT receipt_state CHECK (state IN ('DELIVERED', 'BLOCKED', 'FAILED')),
	received_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE inbox_message (
	id uuid CONSTRAINT inbox_message_pk PRIMARY KEY,
	member_id uuid NOT NULL,
	campaign_id uuid NOT NULL CONSTRAINT inbox_message_of_campaign REFERENCES campaign,
	sent_at timestamptz NOT NULL,
	read_at timestamptz,
	CONSTRAINT inbox_message_once UNIQUE (member_id, campaign_id)
);

CREATE INDEX inbox_message_newest ON inbox_message (member_id, sent_at DESC, id DESC);
