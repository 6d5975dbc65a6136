package cn.qingfeng.staff.account;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A log-in that lasts until the person leaves, rests too long or has stayed too long.
 *
 * @param id of the session
 * @param account who
 * @param lastUsedAt when it was last used, to the minute
 * @param expiresAt when it ends in any case
 */
record StaffSession(UUID id, StaffAccount account, Instant lastUsedAt, Instant expiresAt) {

	/** Writing down each use would make every read a write. */
	private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

	boolean isAlive(Instant now, Duration idle) {
		return now.isBefore(this.expiresAt) && now.isBefore(this.lastUsedAt.plus(idle));
	}

	boolean useIsWorthNoting(Instant now) {
		return !now.isBefore(this.lastUsedAt.plus(NOTED_EVERY));
	}

	StaffSession usedAt(Instant now) {
		return new StaffSession(this.id, this.account, now, this.expiresAt);
	}

}
