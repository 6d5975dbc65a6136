-- Counted in the transaction that hands a paper in. Several rows a round, for one alone would make all submissions queue.
CREATE TABLE quiz_turnout (
	round_id uuid     NOT NULL,
	lane     smallint NOT NULL,
	members  integer  NOT NULL,
	attempts integer  NOT NULL,
	CONSTRAINT quiz_turnout_pk PRIMARY KEY (round_id, lane),
	CONSTRAINT quiz_turnout_round_fk FOREIGN KEY (round_id) REFERENCES quiz_rounds (id) ON DELETE CASCADE
) WITH (fillfactor = 50);

COMMENT ON COLUMN quiz_turnout.members IS 'Who handed in a first attempt';

INSERT INTO quiz_turnout (round_id, lane, members, attempts)
SELECT round_id, 0, count(*) FILTER (WHERE number = 1), count(*)
FROM quiz_attempts
WHERE submitted_at IS NOT NULL
GROUP BY round_id;
