package cn.qingfeng.wechat.gateway;

import cn.qingfeng.wechat.WechatProperties;
import me.chanjar.weixin.mp.config.WxMpHostConfig;
import me.chanjar.weixin.mp.config.impl.WxMpDefaultConfigImpl;

/**
 * Tells WxJava who we are and which token we hold, and never lets it fetch one.
 */
final class MpConfig extends WxMpDefaultConfigImpl {

	private static final long serialVersionUID = 1L;

	private final transient SharedCredential shared;

	MpConfig(WechatProperties properties, SharedCredential shared) {
		this.shared = shared;
		setAppId(properties.mp().appId());
		setSecret(properties.mp().secret());
		setHostConfig(WxMpHostConfig.builder()
			.apiHost(properties.apiHost().toString())
			.openHost(properties.openHost().toString())
			.mpHost(properties.mpHost().toString())
			.build());
	}

	@Override
	public String getAccessToken() {
		Credential held = this.shared.held();
		return (held != null) ? held.value() : "";
	}

	@Override
	public boolean isAccessTokenExpired() {
		return false;
	}

	@Override
	public boolean autoRefreshToken() {
		return false;
	}

	@Override
	public String toString() {
		return "MpConfig";
	}

}
