package cn.qingfeng.wechat.gateway;

import cn.binarywang.wx.miniapp.config.impl.WxMaDefaultConfigImpl;
import cn.qingfeng.wechat.WechatProperties;

/**
 * Tells WxJava who we are and which token we hold, and never lets it fetch one.
 */
final class MaConfig extends WxMaDefaultConfigImpl {

	private final SharedCredential shared;

	MaConfig(WechatProperties properties, SharedCredential shared) {
		this.shared = shared;
		setAppid(properties.miniProgram().appId());
		setSecret(properties.miniProgram().secret());
		setApiHostUrl(properties.apiHost().toString());
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
		return "MaConfig";
	}

}
