package cn.qingfeng.staff.policy;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An exception that somebody asked for.
 *
 * @param id of the exception
 * @param rule what it would switch on
 * @param reason why
 * @param requestedBy who asked for it
 * @param requestedAt when
 * @param expiresAt when it ends
 * @param firstApprover who agreed first
 * @param secondApprover who agreed second
 * @param revokedAt when somebody ended it before its time
 * @param revokeReason why
 */
record ExceptionRow(UUID id, String rule, String reason, UUID requestedBy, Instant requestedAt, Instant expiresAt,
		@Nullable UUID firstApprover, @Nullable UUID secondApprover, @Nullable Instant revokedAt,
		@Nullable String revokeReason) {

	State state(Instant now) {
		if (this.revokedAt != null) {
			return State.REVOKED;
		}
		if (!now.isBefore(this.expiresAt)) {
			return State.EXPIRED;
		}
		return (this.secondApprover != null) ? State.IN_FORCE : State.REQUESTED;
	}

	/**
	 * Where an exception stands.
	 */
	enum State {

		/** Somebody has still to agree. */
		REQUESTED,

		/** Two people agreed. */
		IN_FORCE,

		/** Its time is over. */
		EXPIRED,

		/** Somebody ended it. */
		REVOKED

	}

}
