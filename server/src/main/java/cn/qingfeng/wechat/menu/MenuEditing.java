package cn.qingfeng.wechat.menu;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import cn.qingfeng.platform.reactor.Detached;
import cn.qingfeng.platform.reactor.LogContext;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.staff.Audit;
import cn.qingfeng.wechat.Acknowledged;
import cn.qingfeng.wechat.WechatChat;
import cn.qingfeng.wechat.WechatErrorClass;
import cn.qingfeng.wechat.WechatMenu;
import cn.qingfeng.wechat.WechatOutcome;
import cn.qingfeng.wechat.WechatOutcome.Done;
import cn.qingfeng.wechat.WechatOutcome.Refused;
import cn.qingfeng.wechat.WechatOutcome.Unknown;
import cn.qingfeng.wechat.WechatProperties;
import cn.qingfeng.wechat.WechatUnavailableProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Writes our menu and hands it to WeChat. A publication may be repeated: WeChat replaces
 * the whole menu each time.
 */
@Service
class MenuEditing {

	private static final Logger log = LoggerFactory.getLogger(MenuEditing.class);

	/** Longer, and our own menu is shown alone. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final Set<WechatErrorClass> FOR_A_PERSON = Set.of(WechatErrorClass.FIX, WechatErrorClass.CONFIG,
			WechatErrorClass.CONTENT);

	/** There is no menu at WeChat. */
	private static final int NO_MENU = 46003;

	private final MenuStore menus;

	private final WechatChat chat;

	private final WechatProperties properties;

	private final Transactions transactions;

	private final Audit audit;

	private final Clock clock;

	MenuEditing(MenuStore menus, WechatChat chat, WechatProperties properties, Transactions transactions, Audit audit,
			Clock clock) {
		this.menus = menus;
		this.chat = chat;
		this.properties = properties;
		this.transactions = transactions;
		this.audit = audit;
		this.clock = clock;
	}

	/** Our menu beside WeChat's. */
	Mono<MenuView> look() {
		return this.menus.read().flatMap(this::besideWechats);
	}

	/** Replaces this version, or fails because there is a newer one. */
	Mono<MenuView> change(long version, List<MenuItem> buttons) {
		MenuRules.check(buttons.stream().map((item) -> item.filled(this.properties::filled)).toList());
		return this.transactions
			.inTransaction(this.menus.replace(version, buttons)
				.flatMap((menu) -> this.audit.record("wechat-menu.change", "v" + menu.version()).thenReturn(menu)))
			.flatMap(this::besideWechats);
	}

	/** Hands our menu to WeChat and notes it, even when nobody waits any longer. */
	Mono<MenuView> publish() {
		Mono<OwnMenu> published = this.menus.read()
			.flatMap((menu) -> handOver(menu).then(Mono.defer(() -> noted(menu))));
		return Detached.from(published).flatMap(this::besideWechats);
	}

	private Mono<Void> handOver(OwnMenu menu) {
		MenuRules.check(menu.filled(this.properties::filled));
		return this.chat.createMenu(menu.forWechat(this.properties::filled)).flatMap(MenuEditing::accepted);
	}

	private static Mono<Void> accepted(WechatOutcome<Acknowledged> outcome) {
		return switch (outcome) {
			case Done<Acknowledged> done -> Mono.empty();
			case Refused<Acknowledged> refused when FOR_A_PERSON.contains(refused.errorClass()) ->
				Mono.error(() -> new MenuRefusedProblem(refused.code(), refused.message()));
			case Refused<Acknowledged> refused -> Mono.error(WechatUnavailableProblem::new);
			case Unknown<Acknowledged> unknown -> Mono.error(WechatUnavailableProblem::new);
		};
	}

	private Mono<OwnMenu> noted(OwnMenu menu) {
		return this.transactions
			.inTransaction(this.menus.published(menu.version(), this.clock.instant())
				.flatMap((now) -> this.audit.record("wechat-menu.publish", "v" + menu.version()).thenReturn(now)))
			.delayUntil((now) -> LogContext.line(() -> log.info("menu version {} is at WeChat", menu.version())));
	}

	private Mono<MenuView> besideWechats(OwnMenu menu) {
		return this.chat.currentMenu()
			.timeout(PATIENCE, Mono.just(new Unknown<>("late")))
			.map((outcome) -> view(menu, outcome));
	}

	private MenuView view(OwnMenu menu, WechatOutcome<WechatMenu> outcome) {
		List<MenuItem> shown = menu.filled(this.properties::filled);
		return switch (outcome) {
			case Done<WechatMenu> done -> new MenuView(menu, shown, MenuView.State.KNOWN,
					done.value().buttons().stream().map(MenuItem::of).toList());
			case Refused<WechatMenu> refused when refused.code() == NO_MENU ->
				new MenuView(menu, shown, MenuView.State.NONE, List.of());
			case Refused<WechatMenu> refused -> new MenuView(menu, shown, MenuView.State.UNKNOWN, List.of());
			case Unknown<WechatMenu> unknown -> new MenuView(menu, shown, MenuView.State.UNKNOWN, List.of());
		};
	}

}
