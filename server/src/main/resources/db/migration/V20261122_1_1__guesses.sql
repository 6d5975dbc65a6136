-- Guesses at a secret (passwords, binding codes), counted where every node sees them and
-- where they outlive Redis. A bucket is the digest of whose secret and from where; a row
-- is pending while the guess is being checked and deleted when it was right.
CREATE TABLE guess (
	id uuid CONSTRAINT guess_pk PRIMARY KEY,
	bucket bytea NOT NULL,
	at timestamptz NOT NULL,
	pending boolean NOT NULL
);

CREATE INDEX guess_bucket_idx ON guess (bucket, at DESC);

CREATE INDEX guess_at_idx ON guess (at);
