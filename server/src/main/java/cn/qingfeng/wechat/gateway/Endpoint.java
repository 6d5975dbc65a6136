package cn.qingfeng.wechat.gateway;

import cn.qingfeng.wechat.WechatCapability;

/**
 * Everything that the gateway calls, with the limits of a new account as WeChat documents
 * them. Zero means that none is documented. Configuration may say otherwise.
 */
public enum Endpoint {

	MINI_PROGRAM_LOGIN(WechatCapability.MINI_PROGRAM_LOGIN, Lane.LOGIN, "/sns/jscode2session"),

	PHONE_NUMBER(WechatCapability.PHONE_NUMBER, Lane.LOGIN, "/wxa/business/getuserphonenumber"),

	WEB_LOGIN(WechatCapability.WEB_LOGIN, Lane.LOGIN, "/sns/oauth2/access_token", 0, 50_000),

	JS_TICKET(WechatCapability.JS_SDK, Lane.LOGIN, "/cgi-bin/ticket/getticket"),

	MATERIAL_ADD(WechatCapability.MATERIAL, Lane.MEDIA, "/cgi-bin/material/add_material"),

	MATERIAL_DELETE(WechatCapability.MATERIAL, Lane.ADMIN, "/cgi-bin/material/del_material"),

	ARTICLE_IMAGE(WechatCapability.MATERIAL, Lane.MEDIA, "/cgi-bin/media/uploadimg"),

	MEDIA_UPLOAD(WechatCapability.MATERIAL, Lane.MEDIA, "/cgi-bin/media/upload", 100_000),

	DRAFT_ADD(WechatCapability.DRAFT, Lane.MEDIA, "/cgi-bin/draft/add", 1_000),

	DRAFT_GET(WechatCapability.DRAFT, Lane.ADMIN, "/cgi-bin/draft/get", 500),

	DRAFT_UPDATE(WechatCapability.DRAFT, Lane.MEDIA, "/cgi-bin/draft/update", 1_000),

	DRAFT_DELETE(WechatCapability.DRAFT, Lane.ADMIN, "/cgi-bin/draft/delete", 1_000),

	PUBLISH(WechatCapability.PUBLISH, Lane.PUSH, "/cgi-bin/freepublish/submit", 100),

	PUBLISH_GET(WechatCapability.PUBLISH, Lane.ADMIN, "/cgi-bin/freepublish/get", 100),

	PUBLISH_DELETE(WechatCapability.PUBLISH, Lane.ADMIN, "/cgi-bin/freepublish/delete", 100),

	PUBLISHED_ARTICLE(WechatCapability.PUBLISH, Lane.ADMIN, "/cgi-bin/freepublish/getarticle", 100),

	MASS_SEND(WechatCapability.MASS_SEND, Lane.PUSH, "/cgi-bin/message/mass/sendall", 100, 60),

	MASS_SEND_TO_LIST(WechatCapability.MASS_SEND_TO_LIST, Lane.PUSH, "/cgi-bin/message/mass/send", 100, 60),

	MASS_PREVIEW(WechatCapability.MASS_SEND, Lane.ADMIN, "/cgi-bin/message/mass/preview", 100, 60),

	MASS_GET(WechatCapability.MASS_SEND, Lane.ADMIN, "/cgi-bin/message/mass/get"),

	MASS_DELETE(WechatCapability.MASS_SEND, Lane.ADMIN, "/cgi-bin/message/mass/delete"),

	MASS_SPEED_GET(WechatCapability.MASS_SEND, Lane.ADMIN, "/cgi-bin/message/mass/speed/get"),

	MASS_SPEED_SET(WechatCapability.MASS_SEND, Lane.ADMIN, "/cgi-bin/message/mass/speed/set"),

	TEMPLATE_SEND(WechatCapability.TEMPLATE_MESSAGE, Lane.PUSH, "/cgi-bin/message/template/send", 100_000),

	TEMPLATE_LIST(WechatCapability.TEMPLATE_MESSAGE, Lane.ADMIN, "/cgi-bin/template/get_all_private_template"),

	NOTICE_SEND(WechatCapability.SUBSCRIPTION_NOTICE, Lane.PUSH, "/cgi-bin/message/subscribe/bizsend"),

	NOTICE_TEMPLATES(WechatCapability.SUBSCRIPTION_NOTICE, Lane.ADMIN, "/wxaapi/newtmpl/gettemplate"),

	SUBSCRIPTION_SEND(WechatCapability.SUBSCRIPTION_MESSAGE, Lane.PUSH, "/cgi-bin/message/subscribe/send", 10_000_000),

	SUBSCRIPTION_TEMPLATES(WechatCapability.SUBSCRIPTION_MESSAGE, Lane.ADMIN, "/wxaapi/newtmpl/gettemplate"),

	REPLY_SEND(WechatCapability.CUSTOMER_SERVICE, Lane.PUSH, "/cgi-bin/message/custom/send", 500_000),

	MENU_CREATE(WechatCapability.MENU, Lane.ADMIN, "/cgi-bin/menu/create", 1_000),

	MENU_GET(WechatCapability.MENU, Lane.ADMIN, "/cgi-bin/menu/get", 10_000),

	MENU_DELETE(WechatCapability.MENU, Lane.ADMIN, "/cgi-bin/menu/delete", 1_000),

	FOLLOWER_LIST(WechatCapability.FOLLOWERS, Lane.ADMIN, "/cgi-bin/user/get", 500),

	FOLLOWER_DETAILS(WechatCapability.FOLLOWERS, Lane.ADMIN, "/cgi-bin/user/info/batchget"),

	TAG_CREATE(WechatCapability.TAGS, Lane.ADMIN, "/cgi-bin/tags/create"),

	TAG_LIST(WechatCapability.TAGS, Lane.ADMIN, "/cgi-bin/tags/get"),

	TAG_DELETE(WechatCapability.TAGS, Lane.ADMIN, "/cgi-bin/tags/delete"),

	TAG_PUT_ON(WechatCapability.TAGS, Lane.ADMIN, "/cgi-bin/tags/members/batchtagging"),

	TAG_TAKE_OFF(WechatCapability.TAGS, Lane.ADMIN, "/cgi-bin/tags/members/batchuntagging"),

	QR_CODE(WechatCapability.QR_CODE, Lane.ADMIN, "/cgi-bin/qrcode/create", 100_000),

	PAGE_CODE(WechatCapability.MINI_PROGRAM_CODE, Lane.MEDIA, "/wxa/getwxacodeunlimit", 0, 5_000),

	URL_LINK(WechatCapability.MINI_PROGRAM_LINK, Lane.ADMIN, "/wxa/generate_urllink", 500_000),

	URL_SCHEME(WechatCapability.MINI_PROGRAM_LINK, Lane.ADMIN, "/wxa/generatescheme", 500_000),

	SHORT_LINK(WechatCapability.MINI_PROGRAM_LINK, Lane.ADMIN, "/wxa/genwxashortlink"),

	TEXT_CHECK(WechatCapability.CONTENT_CHECK, Lane.ADMIN, "/wxa/msg_sec_check", 2_000_000, 4_000),

	MEDIA_CHECK(WechatCapability.CONTENT_CHECK, Lane.ADMIN, "/wxa/media_check_async", 200_000, 2_000),

	ARTICLE_READ(WechatCapability.STATISTICS, Lane.ADMIN, "/datacube/getarticleread"),

	ARTICLE_SHARE(WechatCapability.STATISTICS, Lane.ADMIN, "/datacube/getarticleshare"),

	ACCOUNT_SUMMARY(WechatCapability.STATISTICS, Lane.ADMIN, "/datacube/getbizsummary"),

	ARTICLE_DETAIL(WechatCapability.STATISTICS, Lane.ADMIN, "/datacube/getarticletotaldetail"),

	QUOTA_GET(WechatCapability.OPERATIONS, Lane.ADMIN, "/cgi-bin/openapi/quota/get"),

	REQUEST_GET(WechatCapability.OPERATIONS, Lane.ADMIN, "/cgi-bin/openapi/rid/get"),

	MINI_PROGRAM_QUOTA_GET(WechatCapability.MINI_PROGRAM_OPERATIONS, Lane.ADMIN, "/cgi-bin/openapi/quota/get"),

	MINI_PROGRAM_REQUEST_GET(WechatCapability.MINI_PROGRAM_OPERATIONS, Lane.ADMIN, "/cgi-bin/openapi/rid/get");

	private final WechatCapability capability;

	private final Lane lane;

	private final String path;

	private final long daily;

	private final int perMinute;

	Endpoint(WechatCapability capability, Lane lane, String path) {
		this(capability, lane, path, 0);
	}

	Endpoint(WechatCapability capability, Lane lane, String path, long daily) {
		this(capability, lane, path, daily, 0);
	}

	Endpoint(WechatCapability capability, Lane lane, String path, long daily, int perMinute) {
		this.capability = capability;
		this.lane = lane;
		this.path = path;
		this.daily = daily;
		this.perMinute = perMinute;
	}

	/** Whose daily quota a call uses: both ways of a mass send share one. */
	Endpoint counted() {
		return (this == MASS_SEND_TO_LIST) ? MASS_SEND : this;
	}

	WechatCapability capability() {
		return this.capability;
	}

	Lane lane() {
		return this.lane;
	}

	String path() {
		return this.path;
	}

	long daily() {
		return this.daily;
	}

	int perMinute() {
		return this.perMinute;
	}

}
