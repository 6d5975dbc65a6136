package cn.qingfeng.staff.account;

import java.time.Instant;

/**
 * What a log-in is checked against.
 *
 * @param account whose
 * @param passwordHash of Argon2id
 * @param passwordChangedAt when it was set
 * @param mustChangePassword whether it is good for one log-in only
 * @param active whether the person may log in
 * @param totp whether a one-time code is asked for
 * @param knownAddress whether the owner has logged in from the address before
 * @param knownDevice whether the owner has logged in with the browser before
 */
record Credentials(StaffAccount account, String passwordHash, Instant passwordChangedAt, boolean mustChangePassword,
		boolean active, boolean totp, boolean knownAddress, boolean knownDevice) {

	@Override
	public String toString() {
		return "Credentials[%s]".formatted(this.account.id());
	}

}
