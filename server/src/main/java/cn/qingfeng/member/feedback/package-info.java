/**
 * The complaint and suggestion box: what members write is answered within working days.
 */
@NullMarked
package cn.qingfeng.member.feedback;

import org.jspecify.annotations.NullMarked;
