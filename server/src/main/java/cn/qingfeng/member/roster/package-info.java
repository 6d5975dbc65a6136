/**
 * Who is a member: the roster, its import from tables and seeds, who goes and comes back,
 * and the one-time binding codes.
 */
@NullMarked
package cn.qingfeng.member.roster;

import org.jspecify.annotations.NullMarked;
