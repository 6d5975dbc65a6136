package cn.qingfeng.quiz.attempt;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.round.PublishedRound;
import org.jspecify.annotations.Nullable;

/**
 * One member's attempt at a round. Only the outcome ever changes, once, from null.
 *
 * @param id of the attempt
 * @param roundId what is attempted
 * @param memberId whose it is
 * @param number of this member's attempts at the round, from 1
 * @param startedAt by the server's clock
 * @param deadline when it is handed in by itself
 * @param outcome null while open
 */
record Attempt(UUID id, RoundId roundId, UUID memberId, int number, Instant startedAt, Instant deadline,
		@Nullable Outcome outcome) {

	boolean isOpen() {
		return this.outcome == null;
	}

	/** Whether a request of that time comes too late, grace included. */
	boolean isOverdue(Instant at) {
		return !at.isBefore(this.deadline.plus(PublishedRound.GRACE));
	}

	/**
	 * As handed in at that time: by the member, or by the deadline when that has passed.
	 * To the microsecond, as the database will tell it to those who ask later.
	 */
	Attempt closed(Instant at, Score score, int keyVersion) {
		Outcome outcome = isOverdue(at) ? new Outcome(this.deadline, ClosedBy.DEADLINE, score, keyVersion)
				: new Outcome(at.truncatedTo(ChronoUnit.MICROS), ClosedBy.MEMBER, score, keyVersion);
		return new Attempt(this.id, this.roundId, this.memberId, this.number, this.startedAt, this.deadline, outcome);
	}

	enum ClosedBy {

		MEMBER, DEADLINE

	}

	/**
	 * How it ended.
	 *
	 * @param submittedAt when it was handed in
	 * @param closedBy who did that
	 * @param score the result
	 * @param keyVersion of the key that it was scored by
	 */
	record Outcome(Instant submittedAt, ClosedBy closedBy, Score score, int keyVersion) {

	}

}
