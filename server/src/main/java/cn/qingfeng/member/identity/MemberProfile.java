package cn.qingfeng.member.identity;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a member sees of their own entry.
 *
 * @param id of the member
 * @param name of the person
 * @param phoneMasked all but the middle
 * @param position in the party branch, if any
 * @param unitId of the unit
 * @param unitName of the unit
 */
record MemberProfile(UUID id, String name, String phoneMasked, @Nullable String position, UUID unitId,
		String unitName) {

	@Override
	public String toString() {
		return "MemberProfile[%s]".formatted(this.id);
	}

}
