package cn.qingfeng.member;

import java.util.UUID;

/**
 * A unit of the tree.
 *
 * @param value the id
 */
public record UnitId(UUID value) {

}
