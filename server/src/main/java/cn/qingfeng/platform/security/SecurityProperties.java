package cn.qingfeng.platform.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the web's guard.
 *
 * @param frameAncestors who may show our pages in a frame, as in the content security
 * policy
 * @param scriptSources whose scripts our pages may load besides our own: WeChat's JS-SDK
 */
@ConfigurationProperties("qingfeng.security")
record SecurityProperties(@DefaultValue("'none'") String frameAncestors,
		@DefaultValue("https://res.wx.qq.com") String scriptSources) {

	String policy() {
		return "default-src 'self'; script-src 'self' " + this.scriptSources
				+ "; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; connect-src 'self'; "
				+ "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors " + this.frameAncestors;
	}

	boolean mayBeFramed() {
		return !"'none'".equals(this.frameAncestors);
	}

}
