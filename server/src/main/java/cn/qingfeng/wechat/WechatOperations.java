package cn.qingfeng.wechat;

import cn.qingfeng.wechat.gateway.Endpoint;
import cn.qingfeng.wechat.gateway.Operations;
import cn.qingfeng.wechat.gateway.WechatCall;
import cn.qingfeng.wechat.gateway.WechatCalls;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * For whoever looks after the public account. No call fails.
 */
@Component
public class WechatOperations {

	private final WechatCalls calls;

	private final Operations operations;

	WechatOperations(WechatCalls calls, Operations operations) {
		this.calls = calls;
		this.operations = operations;
	}

	/**
	 * What WeChat counts for one of its calls; limits grow with the followers.
	 * @param path such as {@code /cgi-bin/message/custom/send}
	 */
	public Mono<WechatOutcome<ApiQuota>> quota(String path) {
		return this.calls.make(WechatCall.repeatable(Endpoint.QUOTA_GET, () -> this.operations.quota(path)));
	}

	/**
	 * What WeChat kept of a call, for seven days.
	 * @param rid from a refusal
	 */
	public Mono<WechatOutcome<CallTrace>> trace(String rid) {
		return this.calls.make(WechatCall.repeatable(Endpoint.REQUEST_GET, () -> this.operations.trace(rid)));
	}

}
