package cn.qingfeng.volunteer.checkin;

/**
 * Coming or going.
 */
enum CheckInKind {

	IN, OUT

}
