/**
 * Attendance, corrections, and the hours that follow from them.
 */
@NullMarked
package cn.qingfeng.volunteer.record;

import org.jspecify.annotations.NullMarked;
