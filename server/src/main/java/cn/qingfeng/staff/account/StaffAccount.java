package cn.qingfeng.staff.account;

import java.util.Set;
import java.util.UUID;

/**
 * Somebody who may log in.
 *
 * @param id of the account
 * @param username what the person logs in with
 * @param displayName the name that others see
 * @param roles what the person may do
 * @param units to which the person is limited; empty for the whole city
 */
record StaffAccount(UUID id, String username, String displayName, Set<String> roles, Set<UUID> units) {

}
