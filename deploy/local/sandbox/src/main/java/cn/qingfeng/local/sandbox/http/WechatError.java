package cn.qingfeng.local.sandbox.http;

import cn.qingfeng.local.sandbox.world.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A refusal with one of WeChat's numbers.
 */
public final class WechatError extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int code;

	private final transient ObjectNode extra;

	public WechatError(int code, String message) {
		this(code, message, Json.object());
	}

	public WechatError(int code, String message, ObjectNode extra) {
		super(message, null, false, false);
		this.code = code;
		this.extra = extra;
	}

	public int code() {
		return this.code;
	}

	ObjectNode body(String rid) {
		ObjectNode body = Json.object();
		body.put("errcode", this.code);
		body.put("errmsg", getMessage() + " rid: " + rid);
		body.setAll(this.extra);
		return body;
	}

	public static WechatError invalidOpenid() {
		return new WechatError(40003, "invalid openid");
	}

	public static WechatError invalidMedia() {
		return new WechatError(40007, "invalid media_id");
	}

	public static WechatError invalidTemplate() {
		return new WechatError(40037, "invalid template_id");
	}

	public static WechatError missing(String what) {
		return new WechatError(44002, "empty post data: " + what);
	}

}
