package cn.qingfeng.wechat;

import cn.qingfeng.wechat.gateway.Endpoint;
import cn.qingfeng.wechat.gateway.Operations;
import cn.qingfeng.wechat.gateway.WechatCall;
import cn.qingfeng.wechat.gateway.WechatCalls;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * For whoever looks after the accounts. No call fails.
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
	 * @param account whose count
	 * @param path such as {@code /cgi-bin/message/custom/send}
	 */
	public Mono<WechatOutcome<ApiQuota>> quota(WechatAccount account, String path) {
		Endpoint endpoint = switch (account) {
			case MP -> Endpoint.QUOTA_GET;
			case MINI_PROGRAM -> Endpoint.MINI_PROGRAM_QUOTA_GET;
		};
		return this.calls.make(WechatCall.repeatable(endpoint, () -> this.operations.quota(endpoint, path)));
	}

	/**
	 * What WeChat kept of a call, for seven days.
	 * @param account that made it
	 * @param rid from a refusal
	 */
	public Mono<WechatOutcome<CallTrace>> trace(WechatAccount account, String rid) {
		Endpoint endpoint = switch (account) {
			case MP -> Endpoint.REQUEST_GET;
			case MINI_PROGRAM -> Endpoint.MINI_PROGRAM_REQUEST_GET;
		};
		return this.calls.make(WechatCall.repeatable(endpoint, () -> this.operations.trace(endpoint, rid)));
	}

}
