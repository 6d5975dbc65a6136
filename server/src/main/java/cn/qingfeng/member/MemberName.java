package cn.qingfeng.member;

/**
 * How to show a member.
 *
 * @param id which
 * @param name of the person
 * @param unitId of the unit
 * @param unitName of the unit
 */
public record MemberName(MemberId id, String name, UnitId unitId, String unitName) {

	/** The family name with a star for each further character. */
	public String masked() {
		int first = this.name.offsetByCodePoints(0, Math.min(1, this.name.length()));
		return this.name.substring(0, first) + "*".repeat(this.name.codePointCount(first, this.name.length()));
	}

}
