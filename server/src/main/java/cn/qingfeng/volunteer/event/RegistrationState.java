package cn.qingfeng.volunteer.event;

/**
 * Whether a place is certain.
 */
public enum RegistrationState {

	CONFIRMED, WAITLISTED

}
