package cn.qingfeng.staff;

import java.util.Set;
import java.util.UUID;

/**
 * An account to be opened.
 *
 * @param username what the person logs in with
 * @param displayName the name that others see
 * @param password in clear; only its Argon2id hash is stored
 * @param roles at least one
 * @param units to which the person is limited; empty for the whole city, which a unit
 * administrator cannot have
 */
public record NewStaffAccount(String username, String displayName, String password, Set<Role> roles, Set<UUID> units) {

	public NewStaffAccount {
		roles = Set.copyOf(roles);
		units = Set.copyOf(units);
		if (roles.isEmpty()) {
			throw new IllegalArgumentException("an account needs a role");
		}
		if (roles.contains(Role.UNIT_ADMIN) && units.isEmpty()) {
			throw new IllegalArgumentException("a unit administrator needs units");
		}
	}

	/** An account for the whole city. */
	public static NewStaffAccount of(String username, String displayName, String password, Role... roles) {
		return new NewStaffAccount(username, displayName, password, Set.of(roles), Set.of());
	}

	@Override
	public String toString() {
		return "NewStaffAccount[%s]".formatted(this.username);
	}

}
