package cn.qingfeng.local.sandbox;

import java.time.Duration;
import java.util.List;

import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.AppKind;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import cn.qingfeng.local.sandbox.registry.Apps;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The accounts, for code in the same process.
 */
public final class SandboxApps {

	private final World world;

	private final Apps apps;

	SandboxApps(World world, Apps apps) {
		this.world = world;
		this.apps = apps;
	}

	public List<AppRegistration> all() {
		return this.world.ask(() -> this.apps.all().stream().map(App::registration).toList());
	}

	public AppRegistration service() {
		return this.world.ask(() -> this.apps.first(AppKind.SERVICE).registration());
	}

	public AppRegistration mini() {
		return this.world.ask(() -> this.apps.first(AppKind.MINI).registration());
	}

	/** Tells an account where its callbacks go from now on. */
	public void callbackTo(String appid, String url) {
		this.world.ask(() -> {
			this.apps.get(appid).callbackTo(url);
			return true;
		});
	}

	/** Tells a mini-program where a browser finds its pages. */
	public void pagesAt(String appid, String url) {
		change(appid, Json.object().put("pagesAt", url));
	}

	/** Tells an account how long its mass messages are on their way. */
	public void massTakes(String appid, Duration time) {
		ObjectNode settings = Json.object();
		settings.putObject("delays").put("mass", time.toString());
		change(appid, settings);
	}

	/** Changes settings as {@code PUT /_sandbox/apps/{appid}} does. */
	public void change(String appid, JsonNode settings) {
		this.world.ask(() -> {
			this.apps.get(appid).change(settings);
			return true;
		});
	}

}
