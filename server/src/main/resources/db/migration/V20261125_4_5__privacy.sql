-- Who of the staff saw personal data of a member in clear, when and why; the member may read it.
CREATE TABLE personal_data_view (
	id uuid CONSTRAINT personal_data_view_pk PRIMARY KEY,
	member_id uuid NOT NULL CONSTRAINT personal_data_view_member_fk REFERENCES member (id),
	staff_id uuid NOT NULL,
	data text NOT NULL,
	purpose text NOT NULL CONSTRAINT personal_data_view_purpose_ck CHECK (purpose <> ''),
	viewed_at timestamptz NOT NULL
);

COMMENT ON COLUMN personal_data_view.data IS 'What was seen, such as phone';

CREATE INDEX personal_data_view_of_member_idx ON personal_data_view (member_id, id DESC);

-- Rows that a former key has still to be replaced in.
CREATE INDEX member_phone_key_idx ON member (phone_key, id);

CREATE INDEX delivery_of_member ON delivery (member_id);
