package cn.qingfeng.push.consent;

import cn.qingfeng.platform.outbox.OutboxHandler;
import cn.qingfeng.wechat.WechatEvent.SubscriptionAnswered;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Puts what a popup granted into the wallet.
 */
@Component
class ConsentAnswers implements OutboxHandler<SubscriptionAnswered> {

	private final ConsentWallet wallet;

	ConsentAnswers(ConsentWallet wallet) {
		this.wallet = wallet;
	}

	@Override
	public Class<SubscriptionAnswered> type() {
		return SubscriptionAnswered.class;
	}

	@Override
	public Mono<Void> handle(SubscriptionAnswered event) {
		return this.wallet.add(event.account(), event.openid(), event.answers(), event.at());
	}

	@Override
	public String name() {
		return "push.consent-answers";
	}

}
