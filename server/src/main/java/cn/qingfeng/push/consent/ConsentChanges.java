package cn.qingfeng.push.consent;

import java.util.List;

import cn.qingfeng.platform.outbox.OutboxHandler;
import cn.qingfeng.wechat.WechatEvent.SubscriptionChanged;
import cn.qingfeng.wechat.WechatEvent.TemplateAnswer;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Takes out of the wallet what a person switched off in WeChat's settings. WeChat tells
 * of nothing else; switched on again, a template is asked for anew.
 */
@Component
class ConsentChanges implements OutboxHandler<SubscriptionChanged> {

	private final ConsentWallet wallet;

	ConsentChanges(ConsentWallet wallet) {
		this.wallet = wallet;
	}

	@Override
	public Class<SubscriptionChanged> type() {
		return SubscriptionChanged.class;
	}

	@Override
	public Mono<Void> handle(SubscriptionChanged event) {
		List<String> off = event.answers()
			.stream()
			.filter((answer) -> !answer.accepted())
			.map(TemplateAnswer::templateId)
			.toList();
		return this.wallet.withdraw(event.account(), event.openid(), off, event.at());
	}

	@Override
	public String name() {
		return "push.consent-changes";
	}

}
