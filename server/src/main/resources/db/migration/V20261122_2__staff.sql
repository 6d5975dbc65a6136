CREATE TABLE staff_account (
	id uuid CONSTRAINT staff_account_pk PRIMARY KEY,
	username text NOT NULL,
	display_name text NOT NULL,
	password_hash text NOT NULL,
	roles text[] NOT NULL,
	units uuid[] NOT NULL,
	active boolean NOT NULL,
	created_at timestamptz NOT NULL,
	password_changed_at timestamptz NOT NULL,
	CONSTRAINT staff_account_username_uq UNIQUE (username),
	CONSTRAINT staff_account_username_ck CHECK (username = lower(username) AND username <> ''),
	CONSTRAINT staff_account_roles_ck CHECK (cardinality(roles) > 0),
	-- No units means the whole city: never for a unit administrator.
	CONSTRAINT staff_account_unit_admin_ck CHECK (NOT ('UNIT_ADMIN' = ANY (roles)) OR cardinality(units) > 0)
);

COMMENT ON COLUMN staff_account.units IS 'Units this person is limited to; empty: whole city';

CREATE TABLE staff_session (
	id uuid CONSTRAINT staff_session_pk PRIMARY KEY,
	token_digest bytea NOT NULL,
	staff_id uuid NOT NULL CONSTRAINT staff_session_staff_fk REFERENCES staff_account (id) ON DELETE CASCADE,
	created_at timestamptz NOT NULL,
	last_used_at timestamptz NOT NULL,
	expires_at timestamptz NOT NULL,
	CONSTRAINT staff_session_token_uq UNIQUE (token_digest)
);

CREATE INDEX staff_session_staff_idx ON staff_session (staff_id);

COMMENT ON COLUMN staff_session.token_digest IS 'SHA-256; the token itself is nowhere';

-- Addresses from which somebody has logged in before: strangers guessing from elsewhere
-- use up a budget of their own and cannot lock this person out.
CREATE TABLE staff_known_address (
	staff_id uuid NOT NULL CONSTRAINT staff_known_address_staff_fk REFERENCES staff_account (id) ON DELETE CASCADE,
	address text NOT NULL,
	last_used_at timestamptz NOT NULL,
	CONSTRAINT staff_known_address_pk PRIMARY KEY (staff_id, address)
);

-- Append-only, each row sealed with the hash of the one before.
CREATE TABLE audit_entry (
	id bigint CONSTRAINT audit_entry_pk PRIMARY KEY,
	at timestamptz NOT NULL,
	actor text NOT NULL,
	actor_id uuid,
	action text NOT NULL,
	subject text,
	detail text,
	result text NOT NULL CONSTRAINT audit_entry_result_ck CHECK (result IN ('SUCCESS', 'REFUSED')),
	origin text,
	hash bytea NOT NULL
);

COMMENT ON COLUMN audit_entry.hash IS 'SHA-256 of the hash before and of this row';

CREATE FUNCTION audit_hash(previous bytea, e audit_entry) RETURNS bytea
	LANGUAGE sql STABLE
	RETURN sha256(previous || convert_to(jsonb_build_array(e.id,
			to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.actor, e.actor_id, e.action, e.subject,
			e.detail, e.result, e.origin)::text, 'UTF8'));

-- The chain has one end, so entries queue here until the transaction before them ends:
-- write them last in a transaction.
CREATE FUNCTION audit_seal() RETURNS trigger
	LANGUAGE plpgsql AS $$
DECLARE
	before audit_entry;
BEGIN
	PERFORM pg_advisory_xact_lock(20261122, 2);
	SELECT * INTO before FROM audit_entry ORDER BY id DESC LIMIT 1;
	NEW.id := coalesce(before.id, 0) + 1;
	NEW.hash := audit_hash(coalesce(before.hash, '\x'::bytea), NEW);
	RETURN NEW;
END
$$;

CREATE TRIGGER audit_entry_seal BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_seal();

CREATE FUNCTION audit_refuse() RETURNS trigger
	LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'audit_entry is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
	FOR EACH ROW EXECUTE FUNCTION audit_refuse();

CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
	FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
