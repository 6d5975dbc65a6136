CREATE TABLE unit_kind (
	key text CONSTRAINT unit_kind_pk PRIMARY KEY,
	name text NOT NULL,
	sort_order integer NOT NULL
);

CREATE TABLE liaison_leader (
	id uuid CONSTRAINT liaison_leader_pk PRIMARY KEY,
	key text NOT NULL,
	name text NOT NULL,
	title text NOT NULL,
	sort_order integer NOT NULL,
	CONSTRAINT liaison_leader_key_uq UNIQUE (key)
);

CREATE TABLE unit (
	id uuid CONSTRAINT unit_pk PRIMARY KEY,
	key text NOT NULL,
	name text NOT NULL,
	kind text NOT NULL CONSTRAINT unit_kind_fk REFERENCES unit_kind (key),
	parent_id uuid CONSTRAINT unit_parent_fk REFERENCES unit (id),
	liaison_leader_id uuid CONSTRAINT unit_liaison_leader_fk REFERENCES liaison_leader (id),
	sort_order integer NOT NULL,
	CONSTRAINT unit_key_uq UNIQUE (key),
	CONSTRAINT unit_parent_ck CHECK (parent_id <> id)
);

CREATE INDEX unit_parent_idx ON unit (parent_id);

CREATE INDEX unit_sort_order_idx ON unit (sort_order, id);

CREATE TABLE member (
	id uuid CONSTRAINT member_pk PRIMARY KEY,
	number text NOT NULL,
	name text NOT NULL,
	unit_id uuid NOT NULL CONSTRAINT member_unit_fk REFERENCES unit (id),
	position text,
	joined_on date,
	status text NOT NULL CONSTRAINT member_status_ck
		CHECK (status IN ('ACTIVE', 'TRANSFERRED', 'RETIRED', 'LEFT')),
	phone_cipher bytea NOT NULL,
	phone_key text NOT NULL,
	phone_index bytea NOT NULL,
	phone_masked text NOT NULL,
	created_at timestamptz NOT NULL,
	updated_at timestamptz NOT NULL,
	CONSTRAINT member_number_uq UNIQUE (number)
);

CREATE INDEX member_unit_idx ON member (unit_id, name, id);

CREATE INDEX member_phone_idx ON member (phone_index);

CREATE INDEX member_active_idx ON member (id) WHERE status = 'ACTIVE';

COMMENT ON COLUMN member.phone_cipher IS 'AES-256-GCM: nonce, cipher text, tag';

COMMENT ON COLUMN member.phone_key IS 'Which key it was encrypted with';

COMMENT ON COLUMN member.phone_index IS 'HMAC-SHA-256, to find a member by phone';

-- One person in one app of WeChat. The same person has an openid in each.
CREATE TABLE wechat_account (
	id uuid CONSTRAINT wechat_account_pk PRIMARY KEY,
	appid text NOT NULL,
	openid text NOT NULL,
	unionid text,
	member_id uuid CONSTRAINT wechat_account_member_fk REFERENCES member (id),
	bound_at timestamptz,
	follows boolean NOT NULL,
	follow_changed_at timestamptz,
	text_size text NOT NULL CONSTRAINT wechat_account_text_size_ck
		CHECK (text_size IN ('standard', 'large', 'extraLarge')),
	quiet_from time,
	quiet_to time,
	created_at timestamptz NOT NULL,
	CONSTRAINT wechat_account_openid_uq UNIQUE (appid, openid),
	CONSTRAINT wechat_account_bound_ck CHECK ((member_id IS NULL) = (bound_at IS NULL)),
	CONSTRAINT wechat_account_quiet_ck CHECK ((quiet_from IS NULL) = (quiet_to IS NULL))
);

-- A member is one person: one account in each app.
CREATE UNIQUE INDEX wechat_account_member_uq ON wechat_account (member_id, appid);

CREATE INDEX wechat_account_unionid_idx ON wechat_account (unionid);

-- Who unfollowed is erased; this keyed hash lets a late "followed" be told from a new one.
CREATE TABLE wechat_unfollow (
	openid_index bytea CONSTRAINT wechat_unfollow_pk PRIMARY KEY,
	at timestamptz NOT NULL
);

CREATE TABLE member_session (
	id uuid CONSTRAINT member_session_pk PRIMARY KEY,
	token_digest bytea NOT NULL,
	account_id uuid NOT NULL CONSTRAINT member_session_account_fk REFERENCES wechat_account (id) ON DELETE CASCADE,
	created_at timestamptz NOT NULL,
	last_used_at timestamptz NOT NULL,
	expires_at timestamptz NOT NULL,
	CONSTRAINT member_session_token_uq UNIQUE (token_digest)
);

CREATE INDEX member_session_account_idx ON member_session (account_id);

COMMENT ON COLUMN member_session.token_digest IS 'SHA-256; the token itself is nowhere';

-- A new code replaces the one before.
CREATE TABLE binding_code (
	member_id uuid CONSTRAINT binding_code_pk PRIMARY KEY
		CONSTRAINT binding_code_member_fk REFERENCES member (id),
	code_digest bytea NOT NULL,
	created_by uuid NOT NULL,
	created_at timestamptz NOT NULL,
	expires_at timestamptz NOT NULL,
	used_at timestamptz,
	CONSTRAINT binding_code_digest_uq UNIQUE (code_digest)
);

COMMENT ON COLUMN binding_code.code_digest IS 'Keyed hash; the code itself is nowhere';

-- Proof of consent; outlives the WeChat account.
CREATE TABLE privacy_consent (
	id uuid CONSTRAINT privacy_consent_pk PRIMARY KEY,
	member_id uuid NOT NULL CONSTRAINT privacy_consent_member_fk REFERENCES member (id),
	version text NOT NULL,
	agreed_at timestamptz NOT NULL,
	CONSTRAINT privacy_consent_version_uq UNIQUE (member_id, version)
);
