-- The complaint and suggestion box.
CREATE TABLE feedback (
	id uuid CONSTRAINT feedback_pk PRIMARY KEY,
	member_id uuid NOT NULL,
	kind text NOT NULL CONSTRAINT feedback_kind_ck CHECK (kind IN ('COMPLAINT', 'SUGGESTION', 'PRIVACY')),
	text text NOT NULL,
	anonymous boolean NOT NULL,
	submitted_at timestamptz NOT NULL,
	due_on date NOT NULL,
	answer text,
	answered_by uuid,
	answered_at timestamptz,
	CONSTRAINT feedback_answered_ck CHECK (num_nulls(answer, answered_by, answered_at) IN (0, 3))
);

COMMENT ON COLUMN feedback.anonymous IS 'Staff do not see who wrote it';

CREATE INDEX feedback_of_member_idx ON feedback (member_id, id DESC);

CREATE INDEX feedback_open_idx ON feedback (id DESC) WHERE answered_at IS NULL;
