package cn.qingfeng.wechat;

import reactor.core.publisher.Mono;

/**
 * Who among the followers is on the roster, which this module cannot know: the one that
 * keeps the roster implements it. Asked while WeChat waits, so it must be one indexed
 * look.
 */
public interface BoundFollowers {

	/**
	 * Whether the follower is bound to a member.
	 * @param openid within the public account
	 */
	Mono<Boolean> isBound(String openid);

}
