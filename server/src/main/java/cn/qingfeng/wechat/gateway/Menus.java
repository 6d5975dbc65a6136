package cn.qingfeng.wechat.gateway;

import java.util.List;

import cn.qingfeng.wechat.Acknowledged;
import cn.qingfeng.wechat.WechatMenu;
import me.chanjar.weixin.common.error.WxErrorException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The menu, blocking. Written by hand: WxJava's button has none of the newer fields.
 */
@Component
public class Menus {

	private final Wire wire;

	Menus(Wire publicAccountWire) {
		this.wire = publicAccountWire;
	}

	public Acknowledged create(WechatMenu menu) throws WxErrorException {
		this.wire.post(Endpoint.MENU_CREATE, new Bar(menu.buttons().stream().map(Menus::wire).toList()));
		return Acknowledged.OK;
	}

	public WechatMenu current() throws WxErrorException {
		Answer answer = this.wire.get(Endpoint.MENU_GET, Answer.class);
		return new WechatMenu(answer.menu().button().stream().map(Menus::button).toList());
	}

	public Acknowledged delete() throws WxErrorException {
		this.wire.get(Endpoint.MENU_DELETE, Object.class);
		return Acknowledged.OK;
	}

	private static Button wire(WechatMenu.Button button) {
		String name = button.name();
		return switch (button.action()) {
			case null ->
				new Button(name, null, null, null, null, null, null, button.below().stream().map(Menus::wire).toList());
			case WechatMenu.Click(String key) -> new Button(name, "click", key, null, null, null, null, null);
			case WechatMenu.View(String url) -> new Button(name, "view", null, url, null, null, null, null);
			case WechatMenu.OpenMiniProgram(String appId, String page, String url) ->
				new Button(name, "miniprogram", null, url, appId, page, null, null);
			case WechatMenu.ShowArticle(String id) -> new Button(name, "article_id", null, null, null, null, id, null);
			case WechatMenu.Other(String type, String key) -> new Button(name, type, key, null, null, null, null, null);
		};
	}

	private static WechatMenu.Button button(Button wire) {
		List<Button> below = (wire.subButton() != null) ? wire.subButton() : List.of();
		return below.isEmpty() ? WechatMenu.Button.of(wire.name(), action(wire))
				: WechatMenu.Button.opening(wire.name(), below.stream().map(Menus::button).toList());
	}

	private static WechatMenu.Action action(Button wire) {
		return switch (String.valueOf(wire.type())) {
			case "click" -> new WechatMenu.Click(Values.present(wire.key(), "key"));
			case "view" -> new WechatMenu.View(Values.present(wire.url(), "url"));
			case "miniprogram" -> new WechatMenu.OpenMiniProgram(Values.present(wire.appid(), "appid"),
					Values.present(wire.pagepath(), "pagepath"), Values.present(wire.url(), "url"));
			case "article_id" -> new WechatMenu.ShowArticle(Values.present(wire.articleId(), "article_id"));
			default -> new WechatMenu.Other(String.valueOf(wire.type()), wire.key());
		};
	}

	private record Answer(Bar menu) {

	}

	private record Bar(List<Button> button) {

	}

	private record Button(String name, @Nullable String type, @Nullable String key, @Nullable String url,
			@Nullable String appid, @Nullable String pagepath, @Nullable String articleId,
			@Nullable List<Button> subButton) {

	}

}
