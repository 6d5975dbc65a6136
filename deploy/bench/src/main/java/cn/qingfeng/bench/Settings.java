package cn.qingfeng.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import cn.qingfeng.local.embedded.EmbeddedPostgres;
import cn.qingfeng.local.embedded.EmbeddedRedis;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.message.SampleTemplates;
import cn.qingfeng.local.sandbox.registry.AppRegistration;

/**
 * What the server is told: where everything is. Speed is left to its defaults.
 */
final class Settings {

	/** More than the members that are loaded: some of the roster are not active. */
	private static final int ROSTER = 4_400;

	private Settings() {
	}

	static Map<String, String> of(EmbeddedPostgres postgres, EmbeddedRedis redis, Sandbox wechat, Path data) {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("spring.profiles.active", "production");
		settings.put("spring.r2dbc.url", postgres.r2dbcUrl(postgres.database()));
		settings.put("spring.r2dbc.username", postgres.appUser());
		settings.put("spring.r2dbc.password", postgres.password());
		settings.put("spring.flyway.url", postgres.jdbcUrl(postgres.database()));
		settings.put("spring.flyway.user", postgres.user());
		settings.put("spring.flyway.password", postgres.password());
		settings.put("spring.data.redis.host", redis.host());
		settings.put("spring.data.redis.port", Integer.toString(redis.port()));
		settings.put("qingfeng.privacy.key", secret("key of the bench"));
		settings.put("qingfeng.privacy.index-key", secret("index of the bench"));
		settings.put("qingfeng.seeds.roster-size", Integer.toString(ROSTER));
		settings.put("qingfeng.local.data", data.toString());
		settings.put("qingfeng.local.stop-with-parent", "true");
		settings.put("qingfeng.push.notice.id", SampleTemplates.REMINDER);
		settings.put("qingfeng.wechat.public-base-url", wechat.baseUrl());
		Stream.of("api-host", "open-host", "mp-host")
			.forEach((name) -> settings.put("qingfeng.wechat." + name, wechat.baseUrl()));
		settings.putAll(account("mp", wechat.apps().service()));
		settings.putAll(account("mini-program", wechat.apps().mini()));
		return settings;
	}

	private static Map<String, String> account(String name, AppRegistration app) {
		String prefix = "qingfeng.wechat." + name + ".";
		return Map.of(prefix + "app-id", app.appid(), prefix + "secret", app.secret(), prefix + "token", app.token(),
				prefix + "aes-key", app.aesKey(), prefix + "mode", app.mode().name(), prefix + "format",
				app.format().name());
	}

	private static String secret(String text) {
		return Base64.getEncoder().encodeToString(text.repeat(3).substring(0, 32).getBytes(StandardCharsets.US_ASCII));
	}

}
