-- Entries are written unchained in the transaction of what they tell, and chained in order afterwards:
-- a writer waits for no other writer.
DROP TRIGGER audit_entry_seal ON audit_entry;
DROP FUNCTION audit_seal();
DROP FUNCTION audit_hash(bytea, audit_entry);

-- The chain. Append-only like the entries: neither is ever changed.
CREATE TABLE audit_seal (
	position bigint CONSTRAINT audit_seal_pk PRIMARY KEY,
	entry_id bigint NOT NULL CONSTRAINT audit_seal_entry_uq UNIQUE,
	hash bytea NOT NULL,
	sealed_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON COLUMN audit_seal.position IS 'Counts from 1 without gaps';

COMMENT ON COLUMN audit_seal.hash IS 'SHA-256 of the hash before and of the entry';

INSERT INTO audit_seal (position, entry_id, hash) SELECT id, id, hash FROM audit_entry;

-- Which entries are still to be chained.
CREATE TABLE audit_unsealed (
	entry_id bigint CONSTRAINT audit_unsealed_pk PRIMARY KEY
);

ALTER TABLE audit_entry DROP COLUMN hash, ADD COLUMN trace text;

COMMENT ON COLUMN audit_entry.trace IS 'Under which id the request is found in the log';

CREATE SEQUENCE audit_entry_id;

SELECT setval('audit_entry_id', (SELECT coalesce(max(id), 0) + 1 FROM audit_entry), false);

CREATE INDEX audit_entry_actor_idx ON audit_entry (actor, id);

CREATE INDEX audit_entry_action_idx ON audit_entry (action, id);

CREATE INDEX audit_entry_subject_idx ON audit_entry (subject, id);

CREATE INDEX audit_entry_at_idx ON audit_entry (at);

-- Entries from before there was a trace keep their hashes.
CREATE FUNCTION audit_hash(previous bytea, e audit_entry) RETURNS bytea
	LANGUAGE sql STABLE
	RETURN sha256(previous || convert_to((jsonb_build_array(e.id,
			to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.actor, e.actor_id, e.action, e.subject,
			e.detail, e.result, e.origin)
			|| CASE WHEN e.trace IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(e.trace) END)::text, 'UTF8'));

CREATE FUNCTION audit_register() RETURNS trigger
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
	NEW.id := nextval('audit_entry_id');
	INSERT INTO audit_unsealed (entry_id) VALUES (NEW.id);
	RETURN NEW;
END
$$;

CREATE TRIGGER audit_entry_register BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_register();

-- Chains what was committed since, in the order of its ids. Whoever comes while another seals leaves it to that one.
CREATE FUNCTION audit_seal_next(most integer) RETURNS integer
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
	head audit_seal;
	entry audit_entry;
	sealed integer := 0;
BEGIN
	IF NOT pg_try_advisory_xact_lock(20261122, 2) THEN
		RETURN 0;
	END IF;
	SELECT * INTO head FROM audit_seal ORDER BY position DESC LIMIT 1;
	FOR entry IN
		SELECT e.* FROM audit_unsealed u JOIN audit_entry e ON e.id = u.entry_id ORDER BY u.entry_id LIMIT most
	LOOP
		head.position := coalesce(head.position, 0) + 1;
		head.hash := audit_hash(coalesce(head.hash, '\x'::bytea), entry);
		INSERT INTO audit_seal (position, entry_id, hash) VALUES (head.position, entry.id, head.hash);
		DELETE FROM audit_unsealed WHERE entry_id = entry.id;
		sealed := sealed + 1;
	END LOOP;
	RETURN sealed;
END
$$;

CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger
	LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE ON audit_seal
	FOR EACH ROW EXECUTE FUNCTION audit_refuse();

CREATE TRIGGER audit_seal_no_truncate BEFORE TRUNCATE ON audit_seal
	FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
