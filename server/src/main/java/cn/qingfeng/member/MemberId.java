package cn.qingfeng.member;

import java.util.UUID;

/**
 * A member of the roster.
 *
 * @param value the id
 */
public record MemberId(UUID value) {

}
