package cn.qingfeng.staff.account;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An account as those see it who keep them.
 *
 * @param id of the account
 * @param username what the person logs in with
 * @param displayName the name that others see
 * @param roles what the person may do
 * @param units to which the person is limited; empty for the whole city
 * @param active whether the person may log in
 * @param totp whether logging in takes a one-time code
 * @param createdAt when the account was opened
 * @param lastUsedAt when a session of it was last used, null when there is none
 * @param version grows with each change
 */
record ManagedAccount(UUID id, String username, String displayName, String[] roles, UUID[] units, boolean active,
		boolean totp, Instant createdAt, @Nullable Instant lastUsedAt, long version) {

}
