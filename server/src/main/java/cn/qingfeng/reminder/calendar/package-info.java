/**
 * Holidays: lunar days and solar terms computed, statutory days off as data.
 */
@NullMarked
package cn.qingfeng.reminder.calendar;

import org.jspecify.annotations.NullMarked;
