package cn.qingfeng.wechat.menu;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import cn.qingfeng.platform.seed.SeedFolder;
import cn.qingfeng.platform.seed.SeedLoader;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The menu of the starting content.
 */
@Component
@Order(50)
class MenuSeeds implements SeedLoader {

	private final MenuStore menus;

	MenuSeeds(MenuStore menus) {
		this.menus = menus;
	}

	@Override
	public String name() {
		return "wechat-menu";
	}

	@Override
	public Set<String> folders() {
		return Set.of("templates");
	}

	@Override
	public Mono<Void> load(SeedFolder seeds) {
		List<SeedButton> buttons = seeds.yaml("templates/menu.yaml", File.class).buttons();
		return this.menus.seed(buttons.stream().map(SeedButton::item).toList());
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record File(List<SeedButton> buttons) {

	}

	record SeedButton(String name, @Nullable String type, @Nullable String url, @Nullable String key,
			@Nullable String appId, @Nullable String page, @Nullable List<SeedButton> children) {

		MenuItem item() {
			List<MenuItem> below = (this.children != null) ? this.children.stream().map(SeedButton::item).toList()
					: List.of();
			return new MenuItem(this.name, kind(), this.url, this.key, this.appId, this.page, null, below);
		}

		private MenuItem.@Nullable Kind kind() {
			return switch (this.type) {
				case null -> null;
				case "miniprogram" -> MenuItem.Kind.MINI_PROGRAM;
				case String other -> MenuItem.Kind.valueOf(other.toUpperCase(Locale.ROOT));
			};
		}

	}

}
