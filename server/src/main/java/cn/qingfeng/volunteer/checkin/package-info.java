/**
 * Presence codes and check-ins, online and uploaded later.
 */
@NullMarked
package cn.qingfeng.volunteer.checkin;

import org.jspecify.annotations.NullMarked;
