package cn.qingfeng.member.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A log-in on one phone.
 *
 * @param id of the session
 * @param accountId the WeChat account
 * @param memberId the active member it is joined to, if any
 * @param lastUsedAt when it was last used, to the hour
 * @param expiresAt when it ends in any case
 */
record MemberSession(UUID id, UUID accountId, @Nullable UUID memberId, Instant lastUsedAt, Instant expiresAt) {

	/** Writing down each use would make every read a write. */
	private static final Duration NOTED_EVERY = Duration.ofHours(1);

	boolean isAlive(Instant now, Duration idle) {
		return now.isBefore(this.expiresAt) && now.isBefore(this.lastUsedAt.plus(idle));
	}

	boolean useIsWorthNoting(Instant now) {
		return !now.isBefore(this.lastUsedAt.plus(NOTED_EVERY));
	}

	MemberSession usedAt(Instant now) {
		return new MemberSession(this.id, this.accountId, this.memberId, now, this.expiresAt);
	}

}
