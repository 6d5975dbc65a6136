package cn.qingfeng.wechat;

import cn.qingfeng.wechat.gateway.Endpoint;
import cn.qingfeng.wechat.gateway.Menus;
import cn.qingfeng.wechat.gateway.Replies;
import cn.qingfeng.wechat.gateway.WechatCall;
import cn.qingfeng.wechat.gateway.WechatCalls;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * What followers find in the chat with the public account: its menu, and answers. As with
 * {@link WechatGateway}, no call fails.
 */
@Component
public class WechatChat {

	private final WechatCalls calls;

	private final Menus menus;

	private final Replies replies;

	WechatChat(WechatCalls calls, Menus menus, Replies replies) {
		this.calls = calls;
		this.menus = menus;
		this.replies = replies;
	}

	/**
	 * Puts this menu in the place of the present one; phones show it within a day.
	 * @param menu the whole menu
	 */
	public Mono<WechatOutcome<Acknowledged>> createMenu(WechatMenu menu) {
		return this.calls.make(WechatCall.repeatable(Endpoint.MENU_CREATE, () -> this.menus.create(menu)));
	}

	/**
	 * The menu as WeChat has it; refused with 46003 when there is none.
	 */
	public Mono<WechatOutcome<WechatMenu>> currentMenu() {
		return this.calls.make(WechatCall.repeatable(Endpoint.MENU_GET, this.menus::current));
	}

	/**
	 * Takes the menu away.
	 */
	public Mono<WechatOutcome<Acknowledged>> deleteMenu() {
		return this.calls.make(WechatCall.repeatable(Endpoint.MENU_DELETE, this.menus::delete));
	}

	/**
	 * Answers a follower; refused as {@link WechatErrorClass#GONE} when what they did is
	 * too long ago or was answered often enough. WeChat has no id that would make a
	 * repeated answer harmless.
	 * @param openid the follower within the public account
	 * @param reply what to say
	 */
	public Mono<WechatOutcome<Acknowledged>> reply(String openid, CustomerReply reply) {
		return this.calls.make(WechatCall.once(Endpoint.REPLY_SEND, () -> this.replies.send(openid, reply)));
	}

}
