package cn.qingfeng.wechat;

import java.util.List;

import cn.qingfeng.wechat.gateway.Audience;
import cn.qingfeng.wechat.gateway.Endpoint;
import cn.qingfeng.wechat.gateway.WechatCall;
import cn.qingfeng.wechat.gateway.WechatCalls;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * The followers of the public account and the tags on them. {@link TagPlan} tells
 * beforehand whether tags fit. No call fails.
 */
@Component
public class WechatAudience {

	private final WechatCalls calls;

	private final Audience audience;

	WechatAudience(WechatCalls calls, Audience audience) {
		this.calls = calls;
		this.audience = audience;
	}

	/**
	 * What WeChat tells about followers.
	 * @param openids at most 100
	 */
	public Mono<WechatOutcome<List<Follower>>> followers(List<String> openids) {
		return this.calls
			.make(WechatCall.repeatable(Endpoint.FOLLOWER_DETAILS, () -> this.audience.followers(openids)));
	}

	/**
	 * All tags of the account, WeChat's own included.
	 */
	public Mono<WechatOutcome<List<WechatTag>>> tags() {
		return this.calls.make(WechatCall.repeatable(Endpoint.TAG_LIST, this.audience::tags));
	}

	/**
	 * Makes a tag.
	 * @param name that no other tag has
	 */
	public Mono<WechatOutcome<WechatTag>> createTag(String name) {
		return this.calls.make(WechatCall.once(Endpoint.TAG_CREATE, () -> this.audience.createTag(name)));
	}

	/**
	 * Deletes a tag and takes it off its followers.
	 * @param id of a tag that is not WeChat's own
	 */
	public Mono<WechatOutcome<Acknowledged>> deleteTag(int id) {
		return this.calls.make(WechatCall.once(Endpoint.TAG_DELETE, () -> this.audience.deleteTag(id)));
	}

	/**
	 * Puts a tag on followers.
	 * @param id of the tag
	 * @param openids at most 50
	 * @return whom WeChat left out, those with twenty tags for instance
	 */
	public Mono<WechatOutcome<TagChange>> tag(int id, List<String> openids) {
		return changed(Endpoint.TAG_PUT_ON, id, openids);
	}

	/**
	 * Takes a tag off followers.
	 * @param id of the tag
	 * @param openids at most 50
	 */
	public Mono<WechatOutcome<TagChange>> untag(int id, List<String> openids) {
		return changed(Endpoint.TAG_TAKE_OFF, id, openids);
	}

	private Mono<WechatOutcome<TagChange>> changed(Endpoint endpoint, int id, List<String> openids) {
		return this.calls.make(WechatCall.repeatable(endpoint, () -> this.audience.change(endpoint, id, openids)));
	}

}
