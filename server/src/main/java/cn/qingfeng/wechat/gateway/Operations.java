package cn.qingfeng.wechat.gateway;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

import cn.qingfeng.wechat.ApiQuota;
import cn.qingfeng.wechat.CallTrace;
import me.chanjar.weixin.common.error.WxErrorException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What WeChat keeps about our calls, blocking.
 */
@Component
public class Operations {

	private final Wire publicAccount;

	private final Wire miniProgram;

	Operations(Wire publicAccountWire, Wire miniProgramWire) {
		this.publicAccount = publicAccountWire;
		this.miniProgram = miniProgramWire;
	}

	public ApiQuota quota(Endpoint endpoint, String path) throws WxErrorException {
		Quota quota = wire(endpoint).post(endpoint, Map.of("cgi_path", path), Quotas.class).quota();
		return new ApiQuota(quota.dailyLimit(), quota.used(), quota.remain());
	}

	public CallTrace trace(Endpoint endpoint, String rid) throws WxErrorException {
		return wire(endpoint).post(endpoint, Map.of("rid", rid), Requests.class).request().read();
	}

	private Wire wire(Endpoint endpoint) {
		return switch (endpoint.capability().account()) {
			case MP -> this.publicAccount;
			case MINI_PROGRAM -> this.miniProgram;
		};
	}

	private record Quotas(Quota quota) {

	}

	private record Quota(long dailyLimit, long used, long remain) {

	}

	private record Requests(Request request) {

	}

	private record Request(long invokeTime, long costInMs, String requestUrl, @Nullable String responseBody) {

		CallTrace read() {
			String path = String.valueOf(URI.create(this.requestUrl).getPath());
			return new CallTrace(Instant.ofEpochSecond(this.invokeTime), this.costInMs, path,
					(this.responseBody != null) ? this.responseBody : "");
		}

	}

}
