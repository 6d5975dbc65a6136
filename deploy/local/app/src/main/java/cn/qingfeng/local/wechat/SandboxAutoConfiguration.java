package cn.qingfeng.local.wechat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import cn.qingfeng.local.clock.ClockRoutes;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.SandboxOptions;
import cn.qingfeng.member.Members;
import cn.qingfeng.platform.security.SessionAuthenticator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.ChannelBindException;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Starts the sandbox when no WeChat account is configured, and tells it where the
 * server's callbacks are once the server listens.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty("qingfeng.local.sandbox.enabled")
@EnableConfigurationProperties(SandboxProperties.class)
class SandboxAutoConfiguration {

	/** Long enough to watch a mass message on its way. */
	private static final Duration MASS = Duration.ofSeconds(6);

	private static final Logger log = LoggerFactory.getLogger(SandboxAutoConfiguration.class);

	@Bean
	Sandbox wechatSandbox(SandboxProperties properties, Clock clock, @Value("${qingfeng.local.data:data}") Path data) {
		try {
			Sandbox sandbox = Sandbox.start(SandboxOptions.usual()
				.port(properties.port())
				.roster(properties.people())
				.memory(data.resolve("sandbox/state.json")));
			sandbox.clock().set(clock.instant());
			sandbox.apps().massTakes(sandbox.apps().service().appid(), MASS);
			log.warn("WeChat sandbox for trials only: {}; loopback only, nothing reaches WeChat", sandbox.baseUrl());
			return sandbox;
		}
		catch (ChannelBindException ex) {
			throw new PortInUseException(properties.port(), ex);
		}
	}

	@Bean
	RouterFunction<ServerResponse> phoneCodeRoutes(Sandbox sandbox, ObjectProvider<SessionAuthenticator> authenticators,
			DatabaseClient database) {
		return PhoneCodeRoutes.of(sandbox, authenticators, database);
	}

	@Bean
	DemoFollowers demoFollowers(Sandbox sandbox, Members members, SandboxProperties properties) {
		return new DemoFollowers(sandbox, members, properties.people());
	}

	@Bean
	ApplicationListener<WebServerInitializedEvent> sandboxCallbacks(Sandbox sandbox) {
		return (event) -> {
			if (event.getApplicationContext().getServerNamespace() == null) {
				String server = "http://127.0.0.1:" + event.getWebServer().getPort();
				sandbox.apps().callbackTo(sandbox.apps().service().appid(), server + "/wechat/mp/callback");
				sandbox.apps().callbackTo(sandbox.apps().mini().appid(), server + "/wechat/miniapp/callback");
				sandbox.apps().pagesAt(sandbox.apps().mini().appid(), server + "/m/#/");
			}
		};
	}

	@Bean
	ClockRoutes.OtherClock sandboxClock(Sandbox sandbox) {
		return sandbox.clock()::set;
	}

}
