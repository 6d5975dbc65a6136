package cn.qingfeng.wechat.portal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The events that WeChat's documents name, and what becomes of each. Names differ in case
 * from one server of WeChat to the next.
 */
enum KnownEvent {

	SUBSCRIBE(Fate.PUBLISHED, "a follow; answered with the welcome"),

	UNSUBSCRIBE(Fate.PUBLISHED, "ends pushes and erases what came from WeChat"),

	SCAN(Fate.IGNORED, "the person follows already and no code of ours carries an order"),

	CLICK(Fate.IGNORED, "answered at once, nothing else follows from it"),

	VIEW(Fate.IGNORED, "the page itself is told by its own requests"),

	VIEW_MINIPROGRAM(Fate.IGNORED, "the mini-program itself is told by its own requests"),

	SCANCODE_PUSH(Fate.IGNORED, "our menu scans nothing"),

	SCANCODE_WAITMSG(Fate.IGNORED, "our menu scans nothing"),

	PIC_SYSPHOTO(Fate.IGNORED, "our menu takes no pictures"),

	PIC_PHOTO_OR_ALBUM(Fate.IGNORED, "our menu takes no pictures"),

	PIC_WEIXIN(Fate.IGNORED, "our menu takes no pictures"),

	LOCATION_SELECT(Fate.IGNORED, "our menu asks for no place"),

	LOCATION(Fate.IGNORED, "places are asked for at a check-in only and never stored"),

	TEMPLATESENDJOBFINISH(Fate.PUBLISHED, "settles a delivery"),

	MASSSENDJOBFINISH(Fate.PUBLISHED, "settles a mass send"),

	PUBLISHJOBFINISH(Fate.PUBLISHED, "tells the outcome of a publication to whoever submitted it"),

	SUBSCRIBE_MSG_POPUP_EVENT(Fate.PUBLISHED, "a consent"),

	SUBSCRIBE_MSG_CHANGE_EVENT(Fate.PUBLISHED, "a consent withdrawn"),

	SUBSCRIBE_MSG_SENT_EVENT(Fate.PUBLISHED, "settles a subscription message"),

	KF_CREATE_SESSION(Fate.IGNORED, "sessions with the staff are kept by WeChat"),

	KF_CLOSE_SESSION(Fate.IGNORED, "sessions with the staff are kept by WeChat"),

	KF_SWITCH_SESSION(Fate.IGNORED, "sessions with the staff are kept by WeChat"),

	USER_INFO_MODIFIED(Fate.IGNORED, "we keep neither nicknames nor pictures"),

	USER_AUTHORIZATION_REVOKE(Fate.PUBLISHED, "erases what was withdrawn"),

	USER_AUTHORIZATION_CANCELLATION(Fate.PUBLISHED, "erases what came from WeChat"),

	QUALIFICATION_VERIFY_SUCCESS(Fate.NOTED, "administrators are told"),

	QUALIFICATION_VERIFY_FAIL(Fate.ALARM, "administrators must act"),

	NAMING_VERIFY_SUCCESS(Fate.NOTED, "administrators are told"),

	NAMING_VERIFY_FAIL(Fate.ALARM, "administrators must act"),

	ANNUAL_RENEW(Fate.ALARM, "the certification must be renewed"),

	VERIFY_EXPIRED(Fate.ALARM, "the account loses its capabilities"),

	WEAPP_AUDIT_SUCCESS(Fate.NOTED, "administrators are told"),

	WEAPP_AUDIT_FAIL(Fate.ALARM, "administrators must act"),

	WEAPP_AUDIT_DELAY(Fate.ALARM, "administrators may have to ask"),

	WXA_MEDIA_CHECK(Fate.ALARM, "somebody must look at what did not pass; what passed is ignored"),

	USER_ENTER_TEMPSESSION(Fate.IGNORED, "a window opened, nobody has said anything");

	private static final Map<String, KnownEvent> BY_NAME = Arrays.stream(values())
		.collect(Collectors.toUnmodifiableMap((event) -> event.name().toLowerCase(Locale.ROOT), Function.identity()));

	private final Fate fate;

	private final String because;

	KnownEvent(Fate fate, String because) {
		this.fate = fate;
		this.because = because;
	}

	/**
	 * The event of a name.
	 * @param kind in lower case
	 */
	static Optional<KnownEvent> of(String kind) {
		return Optional.ofNullable(BY_NAME.get(kind));
	}

	Fate fate() {
		return this.fate;
	}

	/** Why it meets this fate, for a reader. */
	String because() {
		return this.because;
	}

	/**
	 * What becomes of an event.
	 */
	enum Fate {

		/** It goes to other features through the outbox. */
		PUBLISHED,

		/** Administrators find it in the list. */
		NOTED,

		/** Administrators find it in the list and the log warns. */
		ALARM,

		/** Nothing. */
		IGNORED

	}

}
