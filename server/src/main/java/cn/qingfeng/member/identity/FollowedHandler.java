package cn.qingfeng.member.identity;

import cn.qingfeng.platform.outbox.OutboxHandler;
import cn.qingfeng.wechat.WechatEvent.Followed;
import cn.qingfeng.wechat.WechatProperties;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

@Component
class FollowedHandler implements OutboxHandler<Followed> {

	private final FollowRepository follows;

	private final WechatProperties wechat;

	FollowedHandler(FollowRepository follows, WechatProperties wechat) {
		this.follows = follows;
		this.wechat = wechat;
	}

	@Override
	public Class<Followed> type() {
		return Followed.class;
	}

	@Override
	public Mono<Void> handle(Followed event) {
		return this.follows.followed(this.wechat.of(event.account()).appId(), event.openid(), event.at());
	}

	@Override
	public String name() {
		return "member.followed";
	}

}
