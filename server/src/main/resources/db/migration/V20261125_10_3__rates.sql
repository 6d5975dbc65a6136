-- How often somebody did something in the present window, for all nodes together.
CREATE TABLE rate (
	bucket bytea CONSTRAINT rate_pk PRIMARY KEY,
	began_at timestamptz NOT NULL,
	used integer NOT NULL
);

CREATE INDEX rate_began_idx ON rate (began_at);

COMMENT ON COLUMN rate.bucket IS 'SHA-256 of who and what';
