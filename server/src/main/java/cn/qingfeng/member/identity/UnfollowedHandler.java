package cn.qingfeng.member.identity;

import cn.qingfeng.platform.outbox.OutboxHandler;
import cn.qingfeng.wechat.WechatEvent.Unfollowed;
import cn.qingfeng.wechat.WechatProperties;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

@Component
class UnfollowedHandler implements OutboxHandler<Unfollowed> {

	private final FollowRepository follows;

	private final WechatProperties wechat;

	UnfollowedHandler(FollowRepository follows, WechatProperties wechat) {
		this.follows = follows;
		this.wechat = wechat;
	}

	@Override
	public Class<Unfollowed> type() {
		return Unfollowed.class;
	}

	@Override
	public Mono<Void> handle(Unfollowed event) {
		return this.follows.unfollowed(this.wechat.of(event.account()).appId(), event.openid(), event.at());
	}

	@Override
	public String name() {
		return "member.unfollowed";
	}

}
