package cn.qingfeng.staff.account;

/**
 * What a log-in is checked against.
 *
 * @param account whose
 * @param passwordHash of the account
 * @param active whether the account is open
 * @param knownAddress whether the person has logged in from this address before
 */
record Credentials(StaffAccount account, String passwordHash, boolean active, boolean knownAddress) {

	@Override
	public String toString() {
		return "Credentials[%s]".formatted(this.account.id());
	}

}
