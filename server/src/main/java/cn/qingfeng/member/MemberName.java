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

}
