package cn.qingfeng.member;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * By which ways a member can be reached. The inbox reaches everybody.
 *
 * @param memberId which
 * @param name of the person
 * @param serviceOpenid the person in the public account, null when not bound there
 * @param follows whether the person follows the public account, so that template messages
 * arrive
 * @param miniProgramOpenid the person in the mini-program, null when not bound there
 */
public record MemberReach(UUID memberId, String name, @Nullable String serviceOpenid, boolean follows,
		@Nullable String miniProgramOpenid) {

	@Override
	public String toString() {
		return "MemberReach[%s]".formatted(this.memberId);
	}

}
