package cn.qingfeng.push.consent;

import cn.qingfeng.platform.outbox.OutboxHandler;
import cn.qingfeng.wechat.WechatEvent.AuthorizationRevoked;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Forgets what somebody allowed who cancelled the whole account; single withdrawals are
 * not about messages.
 */
@Component
class ConsentsRevoked implements OutboxHandler<AuthorizationRevoked> {

	private final ConsentWallet wallet;

	ConsentsRevoked(ConsentWallet wallet) {
		this.wallet = wallet;
	}

	@Override
	public Class<AuthorizationRevoked> type() {
		return AuthorizationRevoked.class;
	}

	@Override
	public Mono<Void> handle(AuthorizationRevoked event) {
		return (event.kind() == null) ? this.wallet.forget(event.account(), event.openid()) : Mono.empty();
	}

	@Override
	public String name() {
		return "push.consents-revoked";
	}

}
