package cn.qingfeng.wechat.menu;

import java.util.List;

import cn.qingfeng.contract.admin.WechatMenusApi;
import cn.qingfeng.contract.admin.model.WechatButton;
import cn.qingfeng.contract.admin.model.WechatMenu;
import cn.qingfeng.contract.admin.model.WechatMenuAtWechat;
import cn.qingfeng.contract.admin.model.WechatMenuContent;
import cn.qingfeng.contract.admin.model.WechatSubButton;
import cn.qingfeng.platform.idempotency.Idempotency;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.platform.web.Versions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class MenuController implements WechatMenusApi {

	private final MenuEditing editing;

	private final Idempotency idempotency;

	MenuController(MenuEditing editing, Idempotency idempotency) {
		this.editing = editing;
		this.idempotency = idempotency;
	}

	@Override
	public Mono<ResponseEntity<WechatMenu>> getWechatMenu(ServerWebExchange exchange) {
		return this.editing.look().map(MenuController::answer);
	}

	@Override
	public Mono<ResponseEntity<WechatMenu>> changeWechatMenu(String ifMatch, Mono<WechatMenuContent> wechatMenuContent,
			ServerWebExchange exchange) {
		long version = Versions.of(ifMatch);
		return wechatMenuContent.map(WechatMenuContent::getButtons)
			.flatMap((buttons) -> this.editing.change(version, buttons.stream().map(MenuController::item).toList()))
			.map(MenuController::answer);
	}

	@Override
	public Mono<ResponseEntity<WechatMenu>> publishWechatMenu(ServerWebExchange exchange) {
		return this.idempotency.repeatable(exchange, "", WechatMenu.class,
				Mono.defer(this.editing::publish).map(MenuController::answer));
	}

	private static MenuItem item(WechatButton button) {
		List<WechatSubButton> children = button.getChildren();
		WechatButton.@Nullable TypeEnum type = button.getType();
		return new MenuItem(button.getName(), (type != null) ? MenuItem.Kind.valueOf(type.name()) : null,
				button.getUrl(), button.getKey(), button.getAppId(), button.getPage(), button.getArticleId(),
				(children != null) ? children.stream().map(MenuController::child).toList() : List.of());
	}

	private static MenuItem child(WechatSubButton button) {
		WechatSubButton.@Nullable TypeEnum type = button.getType();
		return new MenuItem(button.getName(), (type != null) ? MenuItem.Kind.valueOf(type.name()) : null,
				button.getUrl(), button.getKey(), button.getAppId(), button.getPage(), button.getArticleId(),
				List.of());
	}

	private static ResponseEntity<WechatMenu> answer(MenuView view) {
		OwnMenu menu = view.menu();
		WechatMenu shown = new WechatMenu(buttons(menu.buttons()), buttons(view.shown()),
				new WechatMenuAtWechat(WechatMenuAtWechat.StateEnum.valueOf(view.state().name()),
						buttons(view.atWechat())),
				menu.isPublished(), (menu.publishedAt() != null) ? BusinessTime.at(menu.publishedAt()) : null);
		return ResponseEntity.ok().eTag(Versions.etag(menu.version())).body(shown);
	}

	private static List<WechatButton> buttons(List<MenuItem> items) {
		return items.stream().map(MenuController::button).toList();
	}

	private static WechatButton button(MenuItem item) {
		MenuItem.Kind kind = item.kind();
		return new WechatButton(item.name()).type((kind != null) ? WechatButton.TypeEnum.valueOf(kind.name()) : null)
			.url(item.url())
			.key(item.key())
			.appId(item.appId())
			.page(item.page())
			.articleId(item.articleId())
			.children(item.children().stream().map(MenuController::child).toList());
	}

	private static WechatSubButton child(MenuItem item) {
		MenuItem.Kind kind = item.kind();
		return new WechatSubButton(item.name())
			.type((kind != null) ? WechatSubButton.TypeEnum.valueOf(kind.name()) : null)
			.url(item.url())
			.key(item.key())
			.appId(item.appId())
			.page(item.page())
			.articleId(item.articleId());
	}

}
