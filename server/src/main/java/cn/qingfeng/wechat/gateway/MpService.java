package cn.qingfeng.wechat.gateway;

import java.io.IOException;

import me.chanjar.weixin.common.enums.WxType;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.common.util.http.RequestExecutor;
import me.chanjar.weixin.mp.api.impl.WxMpServiceHttpComponentsImpl;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/**
 * WxJava with our HTTP client (its own trusts every certificate) and without its loop
 * around calls, which sleeps, repeats sends, fetches tokens and logs addresses with them.
 */
final class MpService extends WxMpServiceHttpComponentsImpl {

	private final CloseableHttpClient http;

	MpService(MpConfig config, CloseableHttpClient http) {
		this.http = http;
		setWxMpConfigStorage(config);
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
		return getWxMpConfigStorage().getAccessToken();
	}

	@Override
	public <T, E> T execute(RequestExecutor<T, E> executor, String uri, E data) throws WxErrorException {
		try {
			return executor.execute(Addresses.withToken(uri, getAccessToken(false)), data, WxType.MP);
		}
		catch (IOException ex) {
			throw new WxErrorException(ex);
		}
	}

}
