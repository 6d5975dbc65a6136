-- 绑定申诉：名册条目已被他人绑定时，由所在单位核实处理
CREATE TABLE binding_appeal (
	id uuid CONSTRAINT binding_appeal_pk PRIMARY KEY,
	account_id uuid NOT NULL CONSTRAINT binding_appeal_account_fk REFERENCES wechat_account (id) ON DELETE CASCADE,
	member_id uuid CONSTRAINT binding_appeal_member_fk REFERENCES member (id),
	name text NOT NULL,
	reason text NOT NULL,
	contact_cipher bytea NOT NULL,
	contact_key text NOT NULL,
	contact_masked text NOT NULL,
	privacy_notice text,
	state text NOT NULL CONSTRAINT binding_appeal_state_ck CHECK (state IN ('OPEN', 'APPROVED', 'REJECTED')),
	submitted_at timestamptz NOT NULL,
	answer text,
	decided_by uuid,
	decided_at timestamptz,
	parted uuid[] NOT NULL DEFAULT '{}',
	CONSTRAINT binding_appeal_decided_ck CHECK (num_nulls(answer, decided_by, decided_at) = CASE state WHEN 'OPEN' THEN 3 ELSE 0 END)
);

COMMENT ON COLUMN binding_appeal.member_id IS 'Whom name and phone number fit; null when nobody';

COMMENT ON COLUMN binding_appeal.parted IS 'WeChat accounts that the approval parted from the member';

CREATE UNIQUE INDEX binding_appeal_open_uq ON binding_appeal (account_id) WHERE state = 'OPEN';

CREATE INDEX binding_appeal_account_idx ON binding_appeal (account_id, id DESC);

CREATE INDEX binding_appeal_member_idx ON binding_appeal (member_id);

CREATE INDEX binding_appeal_parted_idx ON binding_appeal USING gin (parted);

CREATE INDEX binding_appeal_submitted_idx ON binding_appeal (submitted_at);

-- Rows that a former key has still to be replaced in.
CREATE INDEX binding_appeal_key_idx ON binding_appeal (contact_key, id);
