package cn.qingfeng.member;

/**
 * How to show a unit.
 *
 * @param id which
 * @param name of the unit
 */
public record UnitName(UnitId id, String name) {

}
