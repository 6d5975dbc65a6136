package cn.qingfeng.volunteer.event;

import org.jspecify.annotations.Nullable;

/**
 * A member's place at an event.
 *
 * @param position on the waiting list, from 1; null when confirmed
 */
record Registration(RegistrationState state, @Nullable Integer position) {

}
