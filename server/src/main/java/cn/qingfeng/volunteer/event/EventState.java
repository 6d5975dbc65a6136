package cn.qingfeng.volunteer.event;

/**
 * Where an event stands; it follows from the clock.
 */
public enum EventState {

	UPCOMING, ONGOING, PAST, CANCELLED

}
