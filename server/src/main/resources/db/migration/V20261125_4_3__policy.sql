-- What the rules for government mobile applications forbid as a forced function is off. Each exception has a reason,
-- two approvers besides who asked for it, and an end within a year.
CREATE TABLE policy_exception (
	id uuid CONSTRAINT policy_exception_pk PRIMARY KEY,
	rule text NOT NULL,
	reason text NOT NULL CONSTRAINT policy_exception_reason_ck CHECK (reason <> ''),
	requested_by uuid NOT NULL,
	requested_at timestamptz NOT NULL,
	expires_at timestamptz NOT NULL,
	first_approver uuid,
	first_approved_at timestamptz,
	second_approver uuid,
	second_approved_at timestamptz,
	revoked_by uuid,
	revoked_at timestamptz,
	revoke_reason text,
	CONSTRAINT policy_exception_end_ck CHECK (expires_at > requested_at AND expires_at <= requested_at + interval '367 days'),
	CONSTRAINT policy_exception_eyes_ck CHECK (first_approver <> requested_by AND second_approver <> requested_by
		AND second_approver <> first_approver),
	CONSTRAINT policy_exception_order_ck CHECK (second_approver IS NULL OR first_approver IS NOT NULL),
	CONSTRAINT policy_exception_first_ck CHECK ((first_approver IS NULL) = (first_approved_at IS NULL)),
	CONSTRAINT policy_exception_second_ck CHECK ((second_approver IS NULL) = (second_approved_at IS NULL)),
	CONSTRAINT policy_exception_revoked_ck CHECK (num_nulls(revoked_by, revoked_at, revoke_reason) IN (0, 3))
);

CREATE INDEX policy_exception_newest_idx ON policy_exception (requested_at DESC, id DESC);

CREATE INDEX policy_exception_in_force_idx ON policy_exception (rule, expires_at)
	WHERE second_approver IS NOT NULL AND revoked_at IS NULL;
