ALTER TABLE staff_account
	ADD COLUMN must_change_password boolean NOT NULL DEFAULT false,
	ADD COLUMN totp_cipher bytea,
	ADD COLUMN totp_confirmed boolean NOT NULL DEFAULT false,
	ADD COLUMN totp_last_step bigint,
	ADD COLUMN version bigint NOT NULL DEFAULT 0,
	ADD CONSTRAINT staff_account_totp_ck CHECK (NOT totp_confirmed OR totp_cipher IS NOT NULL);

COMMENT ON COLUMN staff_account.must_change_password IS 'Set by somebody else: good for the next log-in only';

COMMENT ON COLUMN staff_account.totp_cipher IS 'AES-256-GCM; counts once confirmed by a code';

COMMENT ON COLUMN staff_account.totp_last_step IS 'A code of this 30-second step or an earlier one is a replay';

ALTER TABLE staff_session ADD COLUMN address text;

-- What counts as used already, when the rules forbid to use passwords again.
CREATE TABLE staff_former_password (
	id uuid CONSTRAINT staff_former_password_pk PRIMARY KEY,
	staff_id uuid NOT NULL CONSTRAINT staff_former_password_staff_fk REFERENCES staff_account (id) ON DELETE CASCADE,
	hash text NOT NULL,
	replaced_at timestamptz NOT NULL
);

CREATE INDEX staff_former_password_staff_idx ON staff_former_password (staff_id, replaced_at DESC);

CREATE TABLE staff_recovery_code (
	staff_id uuid NOT NULL CONSTRAINT staff_recovery_code_staff_fk REFERENCES staff_account (id) ON DELETE CASCADE,
	digest bytea NOT NULL,
	used_at timestamptz,
	CONSTRAINT staff_recovery_code_pk PRIMARY KEY (staff_id, digest)
);

COMMENT ON COLUMN staff_recovery_code.digest IS 'SHA-256; the code itself is nowhere';
