package cn.qingfeng.wechat.gateway;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * WeChat wants its token in the query.
 */
final class Addresses {

	private Addresses() {
	}

	static String withToken(String uri, String token) {
		return uri + (uri.contains("?") ? "&" : "?") + "access_token="
				+ URLEncoder.encode(token, StandardCharsets.UTF_8);
	}

}
