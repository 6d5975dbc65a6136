/**
 * Events, their registrations and waiting lists.
 */
@NullMarked
package cn.qingfeng.volunteer.event;

import org.jspecify.annotations.NullMarked;
