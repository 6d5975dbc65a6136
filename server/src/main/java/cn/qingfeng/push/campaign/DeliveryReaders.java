package cn.qingfeng.push.campaign;

import java.util.Set;

import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.staff.Role;

/**
 * Those who may see the deliveries of a campaign one by one, as {@code listDeliveries} of
 * the contract says: numbers tell them nothing more. For everybody else a number of fewer
 * than five is hidden.
 */
public final class DeliveryReaders {

	private static final Set<Role> ROLES = Set.of(Role.AUTHOR, Role.PUBLISHER, Role.APPROVER, Role.ADMIN, Role.AUDITOR);

	private DeliveryReaders() {
	}

	public static boolean include(CurrentStaff staff) {
		return ROLES.stream().map(Role::name).anyMatch(staff::hasRole);
	}

}
