-- Browsers in which somebody has logged in before: guesses from one of them have a budget of their own, so that strangers
-- cannot lock this person out, not even from the same address.
CREATE TABLE staff_known_device (
	staff_id uuid NOT NULL CONSTRAINT staff_known_device_staff_fk REFERENCES staff_account (id) ON DELETE CASCADE,
	digest bytea NOT NULL,
	last_used_at timestamptz NOT NULL,
	CONSTRAINT staff_known_device_pk PRIMARY KEY (staff_id, digest)
);

COMMENT ON COLUMN staff_known_device.digest IS 'SHA-256 of the cookie; the cookie itself is nowhere';
