package cn.qingfeng.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import cn.qingfeng.local.sandbox.message.SampleTemplates;
import cn.qingfeng.local.sandbox.registry.AppRegistration;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * What the server must be told and nobody has: loopback addresses, keys of its own, and
 * the sandbox as its WeChat. Whatever is configured anywhere stays as it is.
 */
class LocalEnvironment implements EnvironmentPostProcessor, Ordered {

	private static final String WECHAT = "qingfeng.wechat.";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		chooseFreePorts(environment);
		Map<String, Object> defaults = new HashMap<>();
		defaults.put("server.address", "127.0.0.1");
		defaults.putAll(keys(environment));
		if (!environment.containsProperty(WECHAT + "mp.app-id")) {
			defaults.putAll(sandbox());
		}
		defaults.keySet().removeIf(environment::containsProperty);
		String port = environment.getProperty("qingfeng.local.port");
		if (port != null) {
			defaults.put("server.port", port);
		}
		environment.getPropertySources()
			.addAfter(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					new MapPropertySource("qingfengLocal", defaults));
	}

	/**
	 * Server and sandbox must know each other's address before either listens, so 0
	 * becomes a port that is free now.
	 */
	private static void chooseFreePorts(ConfigurableEnvironment environment) {
		Map<String, Object> chosen = new HashMap<>();
		for (String property : List.of("qingfeng.local.port", "qingfeng.local.sandbox.port")) {
			if ("0".equals(environment.getProperty(property))) {
				chosen.put(property, freePort());
			}
		}
		environment.getPropertySources().addFirst(new MapPropertySource("qingfengLocalPorts", chosen));
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Map<String, Object> keys(ConfigurableEnvironment environment) {
		Path data = Path.of(environment.getProperty("qingfeng.local.data", "data"));
		SecretFolder secrets = new SecretFolder(data.resolve("secrets"));
		Map<String, Object> keys = new HashMap<>();
		for (String name : new String[] { "key", "index-key" }) {
			String property = "qingfeng.privacy." + name;
			if (!environment.containsProperty(property)) {
				keys.put(property, secrets.key("privacy-" + name));
			}
		}
		return keys;
	}

	private static Map<String, Object> sandbox() {
		Map<String, Object> wechat = new HashMap<>();
		String sandbox = "http://127.0.0.1:${qingfeng.local.sandbox.port:8090}";
		wechat.put("qingfeng.local.sandbox.enabled", true);
		wechat.put("qingfeng.seeds.roster-size", "${qingfeng.local.sandbox.people:4200}");
		wechat.put("qingfeng.security.frame-ancestors", sandbox);
		wechat.put(WECHAT + "api-host", sandbox);
		wechat.put(WECHAT + "open-host", sandbox);
		wechat.put(WECHAT + "mp-host", sandbox);
		wechat.put(WECHAT + "public-base-url", "http://127.0.0.1:${server.port}");
		wechat.put("qingfeng.push.notice.id", SampleTemplates.REMINDER);
		wechat.put("qingfeng.push.subscription.id", SampleTemplates.MINI_REMINDER);
		wechat.put("qingfeng.push.subscription.title", "廉洁提醒");
		wechat.put("qingfeng.push.subscription.long-term", true);
		wechat.putAll(account("mp.", AppRegistration.service()));
		wechat.putAll(account("mini-program.", AppRegistration.mini()));
		return wechat;
	}

	private static Map<String, Object> account(String name, AppRegistration app) {
		return Map.of(WECHAT + name + "app-id", app.appid(), WECHAT + name + "secret", app.secret(),
				WECHAT + name + "token", app.token(), WECHAT + name + "aes-key", app.aesKey(), WECHAT + name + "mode",
				app.mode().name(), WECHAT + name + "format", app.format().name());
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
