-- 单位管理：修改版本、关闭单位
ALTER TABLE unit
	ADD COLUMN version bigint NOT NULL DEFAULT 0,
	ADD COLUMN closed_at timestamptz;

ALTER TABLE liaison_leader ADD COLUMN version bigint NOT NULL DEFAULT 0;

CREATE INDEX unit_liaison_leader_idx ON unit (liaison_leader_id);

-- An active member is in an open unit, whoever puts them there. The lock waits for whoever closes the unit meanwhile.
CREATE FUNCTION member_unit_open() RETURNS trigger
	LANGUAGE plpgsql AS $$
BEGIN
	PERFORM 1 FROM unit WHERE id = NEW.unit_id AND closed_at IS NULL FOR KEY SHARE;
	IF NOT FOUND AND EXISTS (SELECT 1 FROM unit WHERE id = NEW.unit_id) THEN
		RAISE EXCEPTION 'unit % is closed', NEW.unit_id USING ERRCODE = 'QF001';
	END IF;
	RETURN NEW;
END
$$;

CREATE TRIGGER member_unit_open BEFORE INSERT OR UPDATE OF unit_id, status ON member
	FOR EACH ROW WHEN (NEW.status = 'ACTIVE') EXECUTE FUNCTION member_unit_open();
