-- 志愿服务：活动、报名、签到签退、更正

CREATE TABLE event (
	id uuid CONSTRAINT event_pk PRIMARY KEY,
	seed_key text CONSTRAINT event_seed UNIQUE,
	title text NOT NULL,
	description text NOT NULL,
	place text NOT NULL,
	latitude double precision,
	longitude double precision,
	organiser text NOT NULL,
	capacity integer NOT NULL CONSTRAINT event_capacity CHECK (capacity > 0),
	starts_at timestamptz NOT NULL,
	ends_at timestamptz NOT NULL,
	cancelled boolean NOT NULL DEFAULT false,
	presence_secret bytea NOT NULL,
	created_at timestamptz NOT NULL,
	version bigint NOT NULL,
	CONSTRAINT event_order CHECK (starts_at < ends_at)
);

CREATE INDEX event_by_start ON event (starts_at, id);

CREATE TABLE registration (
	event_id uuid NOT NULL CONSTRAINT registration_event REFERENCES event,
	member_id uuid NOT NULL,
	state text NOT NULL CONSTRAINT registration_state CHECK (state IN ('CONFIRMED', 'WAITLISTED')),
	queue_number bigint GENERATED ALWAYS AS IDENTITY,
	registered_at timestamptz NOT NULL,
	CONSTRAINT registration_pk PRIMARY KEY (event_id, member_id)
);

CREATE INDEX registration_queue ON registration (event_id, state, queue_number);
CREATE INDEX registration_of_member ON registration (member_id);

CREATE TABLE check_in (
	member_id uuid NOT NULL,
	id uuid NOT NULL,
	event_id uuid NOT NULL CONSTRAINT check_in_event REFERENCES event,
	kind text NOT NULL CONSTRAINT check_in_kind CHECK (kind IN ('IN', 'OUT')),
	recorded_at timestamptz NOT NULL,
	phone_at timestamptz NOT NULL,
	offline boolean NOT NULL,
	CONSTRAINT check_in_pk PRIMARY KEY (member_id, id),
	CONSTRAINT check_in_once UNIQUE (event_id, member_id, kind)
);

-- Corrections are added, never changed: the last one counts.
CREATE TABLE attendance_correction (
	id uuid CONSTRAINT attendance_correction_pk PRIMARY KEY,
	event_id uuid NOT NULL CONSTRAINT attendance_correction_event REFERENCES event,
	member_id uuid NOT NULL,
	checked_in_at timestamptz NOT NULL,
	checked_out_at timestamptz NOT NULL,
	reason text NOT NULL,
	staff_id uuid NOT NULL,
	corrected_at timestamptz NOT NULL,
	CONSTRAINT attendance_correction_order CHECK (checked_in_at <= checked_out_at)
);

CREATE INDEX attendance_correction_last ON attendance_correction (event_id, member_id, corrected_at DESC);
CREATE INDEX attendance_correction_of_member ON attendance_correction (member_id);

-- When each member came and went, corrections first.
CREATE VIEW attendance AS
SELECT coalesce(c.event_id, x.event_id) AS event_id, coalesce(c.member_id, x.member_id) AS member_id,
	coalesce(x.checked_in_at, c.checked_in_at) AS checked_in_at,
	coalesce(x.checked_out_at, c.checked_out_at) AS checked_out_at, x.event_id IS NOT NULL AS corrected
FROM (
	SELECT event_id, member_id, min(recorded_at) FILTER (WHERE kind = 'IN') AS checked_in_at,
		min(recorded_at) FILTER (WHERE kind = 'OUT') AS checked_out_at
	FROM check_in GROUP BY event_id, member_id
) c
FULL JOIN (
	SELECT DISTINCT ON (event_id, member_id) event_id, member_id, checked_in_at, checked_out_at
	FROM attendance_correction ORDER BY event_id, member_id, corrected_at DESC, id DESC
) x ON x.event_id = c.event_id AND x.member_id = c.member_id;
