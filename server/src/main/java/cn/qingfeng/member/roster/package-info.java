/**
 * Who is a member: the roster, its import from seeds and the one-time binding codes.
 */
@NullMarked
package cn.qingfeng.member.roster;

import org.jspecify.annotations.NullMarked;
