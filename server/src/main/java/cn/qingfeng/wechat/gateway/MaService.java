package cn.qingfeng.wechat.gateway;

import java.io.IOException;

import cn.binarywang.wx.miniapp.api.impl.WxMaServiceHttpComponentsImpl;
import me.chanjar.weixin.common.enums.WxType;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.common.util.http.RequestExecutor;
import me.chanjar.weixin.mp.config.WxMpHostConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/**
 * The mini-program's side of {@link MpService}. A login carries the secret and needs no
 * token, though WxJava would add one.
 */
final class MaService extends WxMaServiceHttpComponentsImpl {

	private static final String WITHOUT_TOKEN = "/sns/";

	private final CloseableHttpClient http;

	MaService(MaConfig config, CloseableHttpClient http) {
		this.http = http;
		setWxMaConfig(config);
	}

	@Override
	public void initHttp() {
		// the client is there already
	}

	@Override
	public CloseableHttpClient getRequestHttpClient() {
		return this.http;
	}

	@Override
	public String getAccessToken(boolean forceRefresh) {
		return getWxMaConfig().getAccessToken();
	}

	@Override
	public <R, T> R execute(RequestExecutor<R, T> executor, String uri, T data) throws WxErrorException {
		String address = uri.replace(WxMpHostConfig.API_DEFAULT_HOST_URL, getWxMaConfig().getEffectiveApiHostUrl());
		try {
			return executor.execute(
					address.contains(WITHOUT_TOKEN) ? address : Addresses.withToken(address, getAccessToken(false)),
					data, WxType.MiniApp);
		}
		catch (IOException ex) {
			throw new WxErrorException(ex);
		}
	}

}
