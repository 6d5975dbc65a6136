package cn.qingfeng.member.identity;

import cn.qingfeng.contract.member.model.Member;
import cn.qingfeng.contract.member.model.UnitName;
import org.jspecify.annotations.Nullable;

/**
 * Profiles in the words of the contract.
 */
final class MemberViews {

	private MemberViews() {
	}

	static Member of(MemberProfile profile) {
		return new Member(profile.id(), profile.name(), profile.phoneMasked(),
				new UnitName(profile.unitId(), profile.unitName()))
			.position(profile.position());
	}

	static @Nullable Member orNull(@Nullable MemberProfile profile) {
		return (profile != null) ? of(profile) : null;
	}

}
