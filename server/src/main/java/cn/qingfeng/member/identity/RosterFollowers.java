package cn.qingfeng.member.identity;

import cn.qingfeng.wechat.BoundFollowers;
import cn.qingfeng.wechat.WechatProperties;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Tells the callbacks who of the followers is on the roster.
 */
@Component
class RosterFollowers implements BoundFollowers {

	private final AccountRepository accounts;

	private final WechatProperties wechat;

	RosterFollowers(AccountRepository accounts, WechatProperties wechat) {
		this.accounts = accounts;
		this.wechat = wechat;
	}

	@Override
	public Mono<Boolean> isBound(String openid) {
		return this.accounts.isBound(this.wechat.mp().appId(), openid);
	}

}
