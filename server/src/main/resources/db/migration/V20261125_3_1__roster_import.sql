-- 名册导入：身份证号（加密）、导入预览与历次调动
ALTER TABLE member
	ADD COLUMN id_cipher bytea,
	ADD COLUMN id_key text,
	ADD COLUMN id_index bytea,
	ADD COLUMN id_masked text,
	ADD CONSTRAINT member_id_number_ck CHECK (num_nulls(id_cipher, id_key, id_index, id_masked) IN (0, 4));

CREATE UNIQUE INDEX member_id_number_uq ON member (id_index);

COMMENT ON COLUMN member.id_index IS 'HMAC-SHA-256 of the identity number, to find a member by it';

-- Numbers of members whose table has none.
CREATE SEQUENCE member_number_seq;

CREATE TABLE member_unit_change (
	id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT member_unit_change_pk PRIMARY KEY,
	member_id uuid NOT NULL CONSTRAINT member_unit_change_member_fk REFERENCES member (id),
	from_unit_id uuid NOT NULL CONSTRAINT member_unit_change_from_fk REFERENCES unit (id),
	to_unit_id uuid NOT NULL CONSTRAINT member_unit_change_to_fk REFERENCES unit (id),
	staff_id uuid NOT NULL,
	changed_at timestamptz NOT NULL
);

CREATE INDEX member_unit_change_member_idx ON member_unit_change (member_id, id);

CREATE TABLE member_import (
	id uuid CONSTRAINT member_import_pk PRIMARY KEY,
	staff_id uuid NOT NULL,
	file_name text NOT NULL,
	state text NOT NULL CONSTRAINT member_import_state_ck CHECK (state IN ('PREVIEW', 'COMMITTED')),
	headers text[] NOT NULL,
	fields text[] NOT NULL,
	added integer NOT NULL,
	changed integer NOT NULL,
	unchanged integer NOT NULL,
	faulty integer NOT NULL,
	created_at timestamptz NOT NULL
);

CREATE INDEX member_import_preview_idx ON member_import (created_at) WHERE state = 'PREVIEW';

-- Only until the commit. Sealed for the member that the row will be.
CREATE TABLE member_import_row (
	import_id uuid NOT NULL CONSTRAINT member_import_row_import_fk REFERENCES member_import (id) ON DELETE CASCADE,
	row_number integer NOT NULL,
	is_new boolean NOT NULL,
	member_id uuid NOT NULL,
	number text,
	name text NOT NULL,
	unit_id uuid NOT NULL,
	position text,
	joined_on date,
	phone_cipher bytea NOT NULL,
	phone_key text NOT NULL,
	phone_index bytea NOT NULL,
	phone_masked text NOT NULL,
	id_cipher bytea,
	id_key text,
	id_index bytea,
	id_masked text,
	CONSTRAINT member_import_row_pk PRIMARY KEY (import_id, row_number)
);

CREATE TABLE member_import_error (
	import_id uuid NOT NULL CONSTRAINT member_import_error_import_fk REFERENCES member_import (id) ON DELETE CASCADE,
	row_number integer NOT NULL,
	ordinal integer NOT NULL,
	header text NOT NULL,
	message text NOT NULL,
	CONSTRAINT member_import_error_pk PRIMARY KEY (import_id, row_number, ordinal)
);
