package cn.qingfeng.member.unit;

import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.member.unit.UnitTree.Unit;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.security.CurrentStaff;
import org.jspecify.annotations.Nullable;

/**
 * A unit as somebody wants it.
 *
 * @param name in full
 * @param kind key of its kind
 * @param parentId the unit above, null for the top
 * @param order its place in the tree
 */
record UnitDraft(String name, String kind, @Nullable UUID parentId, int order) {

	UnitDraft {
		name = name.strip();
	}

	/**
	 * Throws what is wrong with it.
	 * @param tree as it is
	 * @param staff who wants it
	 * @param current what it is now, null for a new one
	 * @param kinds keys of the kinds that there are
	 */
	void require(UnitTree tree, CurrentStaff staff, @Nullable Unit current, Set<String> kinds) {
		new Violations()
			.require(this.name.length() >= 2 && this.name.chars().noneMatch(Character::isISOControl), "name", "请填写单位全称")
			.require(!tree.isCalled(this.name, current), "name", "已有同名的单位")
			.require(kinds.contains(this.kind), "kind", "没有这个单位类别")
			.require(!isBelow(tree, current), "parentId", "不能移到本单位或其下级单位之下")
			.require(staysThere(current) || mayComeThere(tree, staff), "parentId", "没有这个上级单位，或不归您管理")
			.throwIfAny();
	}

	private boolean isBelow(UnitTree tree, @Nullable Unit current) {
		return current != null && this.parentId != null && tree.below(Set.of(current.id())).contains(this.parentId);
	}

	private boolean staysThere(@Nullable Unit current) {
		return current != null && Objects.equals(current.parentId(), this.parentId);
	}

	/** Only those who keep the whole city put something at its top. */
	private boolean mayComeThere(UnitTree tree, CurrentStaff staff) {
		return (this.parentId != null) ? tree.isOpen(this.parentId) && tree.scope(staff.units()).contains(this.parentId)
				: staff.units().isEmpty();
	}

}
