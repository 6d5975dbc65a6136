package cn.qingfeng.local.sandbox;

import cn.binarywang.wx.miniapp.api.WxMaService;
import cn.binarywang.wx.miniapp.api.impl.WxMaServiceHttpComponentsImpl;
import cn.binarywang.wx.miniapp.config.impl.WxMaDefaultConfigImpl;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.api.impl.WxMpServiceHttpComponentsImpl;
import me.chanjar.weixin.mp.config.WxMpHostConfig;
import me.chanjar.weixin.mp.config.impl.WxMpDefaultConfigImpl;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;

/**
 * The real client library, pointed at a sandbox in the way the product does it.
 */
final class WechatClients {

	private WechatClients() {
	}

	static WxMpService service(Sandbox sandbox) {
		return service(sandbox, true);
	}

	static WxMpService service(Sandbox sandbox, boolean stable) {
		AppRegistration app = sandbox.apps().service();
		WxMpDefaultConfigImpl config = new WxMpDefaultConfigImpl();
		config.setAppId(app.appid());
		config.setSecret(app.secret());
		config.setToken(app.token());
		config.setAesKey(app.aesKey());
		config.useStableAccessToken(stable);
		config.setMaxRetryTimes(1);
		config.setRetrySleepMillis(10);
		String base = sandbox.baseUrl();
		config.setHostConfig(WxMpHostConfig.builder().apiHost(base).mpHost(base).openHost(base).build());
		WxMpService service = new Mp(http());
		service.setWxMpConfigStorage(config);
		return service;
	}

	static WxMaService mini(Sandbox sandbox) {
		AppRegistration app = sandbox.apps().mini();
		WxMaDefaultConfigImpl config = new WxMaDefaultConfigImpl();
		config.setAppid(app.appid());
		config.setSecret(app.secret());
		config.setToken(app.token());
		config.setAesKey(app.aesKey());
		config.setMsgDataFormat("JSON");
		config.useStableAccessToken(true);
		config.setMaxRetryTimes(1);
		config.setRetrySleepMillis(10);
		config.setApiHostUrl(sandbox.baseUrl());
		WxMaService service = new Ma(http());
		service.setWxMaConfig(config);
		return service;
	}

	private static CloseableHttpClient http() {
		return HttpClients.custom()
			.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
				.setMaxConnTotal(32)
				.setMaxConnPerRoute(32)
				.setDefaultConnectionConfig(ConnectionConfig.custom()
					.setConnectTimeout(Timeout.ofSeconds(2))
					.setSocketTimeout(Timeout.ofSeconds(3))
					.build())
				.build())
			.setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(Timeout.ofSeconds(3)).build())
			.disableAutomaticRetries()
			.build();
	}

	private static final class Mp extends WxMpServiceHttpComponentsImpl {

		private final CloseableHttpClient http;

		private Mp(CloseableHttpClient http) {
			this.http = http;
		}

		@Override
		public void initHttp() {
			// the client is given
		}

		@Override
		public CloseableHttpClient getRequestHttpClient() {
			return this.http;
		}

	}

	private static final class Ma extends WxMaServiceHttpComponentsImpl {

		private final CloseableHttpClient http;

		private Ma(CloseableHttpClient http) {
			this.http = http;
		}

		@Override
		public void initHttp() {
			// the client is given
		}

		@Override
		public CloseableHttpClient getRequestHttpClient() {
			return this.http;
		}

	}

}
