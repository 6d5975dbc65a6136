-- The server works as a role of its own, named after the owner of the tables ("qingfeng" migrates, "qingfeng_app" works),
-- where the installation has one. It may read and write rows, but only add to the audit, and own or alter nothing.
DO $$
DECLARE
	app name := current_user || '_app';
	thing record;
BEGIN
	PERFORM pg_advisory_xact_lock(20261125, 4);
	IF to_regrole(quote_ident(app)) IS NULL THEN
		RETURN;
	END IF;
	FOR thing IN
		SELECT c.oid::regclass AS name, c.relname FROM pg_class c
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
			AND pg_has_role(current_user, c.relowner, 'USAGE') AND c.relname <> 'flyway_schema_history'
			AND CASE WHEN c.relkind <> 'S' THEN NOT has_table_privilege(app, c.oid, 'SELECT') END
	LOOP
		EXECUTE format('GRANT %s ON %s TO %I', CASE thing.relname
				WHEN 'audit_entry' THEN 'SELECT, INSERT'
				WHEN 'audit_seal' THEN 'SELECT'
				WHEN 'audit_unsealed' THEN 'SELECT'
				ELSE 'SELECT, INSERT, UPDATE, DELETE' END, thing.name, app);
	END LOOP;
	FOR thing IN
		SELECT c.oid::regclass AS name FROM pg_class c
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S'
			AND pg_has_role(current_user, c.relowner, 'USAGE') AND c.relname <> 'audit_entry_id'
			AND CASE WHEN c.relkind = 'S' THEN NOT has_sequence_privilege(app, c.oid, 'USAGE') END
	LOOP
		EXECUTE format('GRANT USAGE ON SEQUENCE %s TO %I', thing.name, app);
	END LOOP;
END
$$;
