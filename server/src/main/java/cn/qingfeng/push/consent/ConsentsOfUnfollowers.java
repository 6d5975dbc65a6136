package cn.qingfeng.push.consent;

import cn.qingfeng.platform.outbox.OutboxHandler;
import cn.qingfeng.wechat.WechatEvent.Unfollowed;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Forgets what somebody allowed who unfollowed, as WeChat's rules want.
 */
@Component
class ConsentsOfUnfollowers implements OutboxHandler<Unfollowed> {

	private final ConsentWallet wallet;

	ConsentsOfUnfollowers(ConsentWallet wallet) {
		this.wallet = wallet;
	}

	@Override
	public Class<Unfollowed> type() {
		return Unfollowed.class;
	}

	@Override
	public Mono<Void> handle(Unfollowed event) {
		return this.wallet.forget(event.account(), event.openid());
	}

	@Override
	public String name() {
		return "push.consents-of-unfollowers";
	}

}
