package cn.qingfeng.member.identity;

import java.util.Set;

import cn.qingfeng.platform.outbox.OutboxHandler;
import cn.qingfeng.wechat.WechatEvent.AuthorizationRevoked;
import cn.qingfeng.wechat.WechatProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Somebody withdrew what WeChat had been allowed to give us. Who cancels altogether is
 * erased like one who unfollows; who withdraws the phone number is parted from the
 * roster, for the number was the proof of the binding. Places are never stored, and the
 * rest we never ask for.
 */
@Component
class AuthorizationRevokedHandler implements OutboxHandler<AuthorizationRevoked> {

	private static final Logger log = LoggerFactory.getLogger(AuthorizationRevokedHandler.class);

	private static final String PHONE = "8";

	private static final Set<String> PLACES = Set.of("13", "18");

	private final FollowRepository follows;

	private final AccountRepository accounts;

	private final WechatProperties wechat;

	AuthorizationRevokedHandler(FollowRepository follows, AccountRepository accounts, WechatProperties wechat) {
		this.follows = follows;
		this.accounts = accounts;
		this.wechat = wechat;
	}

	@Override
	public Class<AuthorizationRevoked> type() {
		return AuthorizationRevoked.class;
	}

	@Override
	public Mono<Void> handle(AuthorizationRevoked event) {
		String appid = this.wechat.of(event.account()).appId();
		@Nullable String kind = event.kind();
		if (kind == null) {
			return this.follows.unfollowed(appid, event.openid(), event.at());
		}
		if (kind.equals(PHONE)) {
			return this.accounts.part(appid, event.openid(), event.at());
		}
		return Mono.fromRunnable(() -> log.info("authorisation {} was withdrawn: {}", kind,
				PLACES.contains(kind) ? "places are not kept" : "we do not ask for it"));
	}

	@Override
	public String name() {
		return "member.authorization-revoked";
	}

}
