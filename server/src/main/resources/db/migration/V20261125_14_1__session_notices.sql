-- Whoever keeps sessions in memory hears by NOTIFY, at the commit, whose sessions have to be read again.
CREATE FUNCTION member_session_changed() RETURNS trigger
	LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_notify('member_session', OLD.account_id::text);
	RETURN NULL;
END
$$;

CREATE TRIGGER member_session_changed AFTER DELETE OR UPDATE OF account_id, expires_at ON member_session
	FOR EACH ROW EXECUTE FUNCTION member_session_changed();

CREATE FUNCTION wechat_account_rebound() RETURNS trigger
	LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_notify('member_session', OLD.id::text);
	RETURN NULL;
END
$$;

CREATE TRIGGER wechat_account_rebound AFTER UPDATE OF member_id ON wechat_account
	FOR EACH ROW WHEN (OLD.member_id IS DISTINCT FROM NEW.member_id) EXECUTE FUNCTION wechat_account_rebound();

CREATE FUNCTION member_status_changed() RETURNS trigger
	LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_notify('member_session', id::text) FROM wechat_account WHERE member_id = OLD.id;
	RETURN NULL;
END
$$;

CREATE TRIGGER member_status_changed AFTER UPDATE OF status ON member
	FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION member_status_changed();
