package cn.qingfeng;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.SandboxOptions;
import cn.qingfeng.local.sandbox.Timing;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import cn.qingfeng.wechat.WechatAccount;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/**
 * A WeChat of its own for each context, to be injected as {@link Sandbox}: it knows
 * nobody at first, answers fast, calls the context's server back and follows its
 * {@link TestClock}. Each has other appids, for the contexts share one Redis.
 */
public final class TestWechat implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final AtomicInteger CONTEXTS = new AtomicInteger();

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		String suffix = "%08x".formatted(ProcessHandle.current().pid() * 31 + CONTEXTS.incrementAndGet());
		AppRegistration service = renamed(AppRegistration.service(), suffix);
		AppRegistration mini = renamed(AppRegistration.mini(), suffix);
		Sandbox sandbox = Sandbox.start(SandboxOptions.usual().timing(Timing.quick()).apps(List.of(service, mini)));
		context.getBeanFactory().registerSingleton("sandbox", sandbox);
		TestPropertyValues
			.of("qingfeng.wechat.api-host=" + sandbox.baseUrl(), "qingfeng.wechat.open-host=" + sandbox.baseUrl(),
					"qingfeng.wechat.mp-host=" + sandbox.baseUrl())
			.and("qingfeng.wechat.web.domain-proofs[0].file=MP_verify_test.txt",
					"qingfeng.wechat.web.domain-proofs[0].text=proof-of-the-domain")
			.and(account("mp", service))
			.and(account("mini-program", mini))
			.applyTo(context);
		context.addApplicationListener(new Connection(sandbox, service.appid(), mini.appid()));
		context.addApplicationListener((ContextClosedEvent closed) -> sandbox.close());
	}

	private static String[] account(String name, AppRegistration app) {
		String prefix = "qingfeng.wechat." + name + ".";
		return new String[] { prefix + "app-id=" + app.appid(), prefix + "secret=" + app.secret(),
				prefix + "token=" + app.token(), prefix + "aes-key=" + app.aesKey(),
				prefix + "format=" + app.format() };
	}

	private static AppRegistration renamed(AppRegistration app, String suffix) {
		return new AppRegistration(app.appid().substring(0, 10) + suffix, app.kind(), app.name(), app.originalId(),
				app.certified(), app.secret(), app.token(), app.aesKey(), app.mode(), app.format(),
				app.openPlatformId(), app.callbackUrl());
	}

	private record Connection(Sandbox sandbox, String service,
			String mini) implements ApplicationListener<WebServerInitializedEvent> {

		@Override
		public void onApplicationEvent(WebServerInitializedEvent event) {
			int port = event.getWebServer().getPort();
			this.sandbox.apps().callbackTo(this.service, url(port, WechatAccount.MP));
			this.sandbox.apps().callbackTo(this.mini, url(port, WechatAccount.MINI_PROGRAM));
			event.getApplicationContext()
				.getBeanProvider(TestClock.class)
				.ifAvailable((clock) -> clock.onMove(this.sandbox.clock()::set));
		}

		private static String url(int port, WechatAccount account) {
			return "http://127.0.0.1:%d/wechat/%s/callback".formatted(port, account.path());
		}

	}

}
