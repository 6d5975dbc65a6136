CREATE TABLE member_status_change (
	id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT member_status_change_pk PRIMARY KEY,
	member_id uuid NOT NULL CONSTRAINT member_status_change_member_fk REFERENCES member (id),
	from_status text NOT NULL,
	to_status text NOT NULL,
	staff_id uuid NOT NULL,
	changed_at timestamptz NOT NULL
);

CREATE INDEX member_status_change_member_idx ON member_status_change (member_id, id);
