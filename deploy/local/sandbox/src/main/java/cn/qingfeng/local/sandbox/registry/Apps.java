package cn.qingfeng.local.sandbox.registry;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The accounts this sandbox plays.
 */
public final class Apps implements Remembered {

	private final Map<String, App> apps = new LinkedHashMap<>();

	public Apps(List<AppRegistration> registrations) {
		registrations.forEach((each) -> this.apps.put(each.appid(), new App(each)));
	}

	public Collection<App> all() {
		return this.apps.values();
	}

	public @Nullable App find(String appid) {
		return this.apps.get(appid);
	}

	public App get(String appid) {
		App app = this.apps.get(appid);
		if (app == null) {
			throw new NoSuchElementException("no account " + appid);
		}
		return app;
	}

	/** The first account of a kind. */
	public App first(AppKind kind) {
		return this.apps.values()
			.stream()
			.filter((app) -> app.kind() == kind)
			.findFirst()
			.orElseThrow(() -> new NoSuchElementException("no account of kind " + kind));
	}

	@Override
	public String name() {
		return "apps";
	}

	@Override
	public Object save() {
		return List.copyOf(this.apps.values());
	}

	@Override
	public void load(JsonNode saved) {
		this.apps.clear();
		for (JsonNode each : saved.values()) {
			App app = Json.read(each, App.class);
			this.apps.put(app.appid(), app);
		}
	}

}
