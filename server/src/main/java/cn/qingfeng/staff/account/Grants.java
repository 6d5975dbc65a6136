package cn.qingfeng.staff.account;

import java.util.Set;
import java.util.UUID;

import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.staff.Role;

/**
 * What somebody may do, and where.
 *
 * @param displayName the name that others see
 * @param roles at least one
 * @param units to which the person is limited; empty for the whole city, which a unit
 * administrator cannot have
 */
record Grants(String displayName, Set<Role> roles, Set<UUID> units) {

	Grants {
		roles = Set.copyOf(roles);
		units = Set.copyOf(units);
		new Violations().require(!displayName.isBlank(), "displayName", "请填写姓名")
			.require(!roles.isEmpty(), "roles", "请至少选择一个角色")
			.require(!roles.contains(Role.UNIT_ADMIN) || !units.isEmpty(), "units", "单位管理员须指定所管单位")
			.throwIfAny();
	}

	String[] roleNames() {
		return this.roles.stream().map(Role::name).sorted().toArray(String[]::new);
	}

	UUID[] unitIds() {
		return this.units.stream().sorted().toArray(UUID[]::new);
	}

}
