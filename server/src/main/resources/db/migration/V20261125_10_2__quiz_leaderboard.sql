-- The papers of a round that were handed in, for its statistics and, where an exception allows it, its ranking.
CREATE INDEX quiz_attempts_handed_in_idx ON quiz_attempts (round_id, member_id, score) WHERE submitted_at IS NOT NULL;
