package cn.qingfeng.wechat.gateway;

import java.time.Duration;
import java.util.List;

import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatProperties;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

	/** They write addresses with tokens, and bodies with openids. */
	private static final List<String> TALKATIVE = List.of("me.chanjar.weixin", "cn.binarywang.wx",
			"org.apache.hc.client5.http.wire", "org.apache.hc.client5.http.headers", "org.apache.hc.client5.http.impl");

	GatewayConfiguration(LoggingSystem logging) {
		TALKATIVE.forEach((name) -> logging.setLogLevel(name, LogLevel.OFF));
	}

	@Bean
	CloseableHttpClient wechatHttp() {
		return client(Lane.TOTAL, Duration.ofSeconds(3), SystemDefaultDnsResolver.INSTANCE);
	}

	@Bean
	CloseableHttpClient wechatUploads() {
		return client(Lane.MEDIA.threads(), Duration.ofSeconds(30), SystemDefaultDnsResolver.INSTANCE);
	}

	@Bean
	MpConfig publicAccountConfig(WechatProperties properties, AccessTokens tokens) {
		return new MpConfig(properties, tokens.of(WechatAccount.MP));
	}

	@Bean
	MpService publicAccountCalls(MpConfig config, CloseableHttpClient wechatHttp) {
		return new MpService(config, wechatHttp);
	}

	@Bean
	MpService publicAccountUploads(MpConfig config, CloseableHttpClient wechatUploads) {
		return new MpService(config, wechatUploads);
	}

	@Bean
	MaService miniProgramCalls(WechatProperties properties, AccessTokens tokens, CloseableHttpClient wechatHttp) {
		return new MaService(new MaConfig(properties, tokens.of(WechatAccount.MINI_PROGRAM)), wechatHttp);
	}

	@Bean
	PublicAccount publicAccount(MpService publicAccountCalls, MpService publicAccountUploads) {
		return new PublicAccount(publicAccountCalls, publicAccountUploads);
	}

	@Bean
	MiniProgram miniProgram(MaService miniProgramCalls, WechatProperties properties) {
		return new MiniProgram(miniProgramCalls, properties.miniProgram().appId());
	}

	@Bean
	Wire publicAccountWire(MpService publicAccountCalls, WechatProperties properties) {
		return new Wire(publicAccountCalls, properties.apiHost().toString());
	}

	@Bean
	Wire miniProgramWire(MaService miniProgramCalls, WechatProperties properties) {
		return new Wire(miniProgramCalls, properties.apiHost().toString());
	}

	/** A dead address costs two seconds, and the next one of the host is tried. */
	static CloseableHttpClient client(int connections, Duration patience, DnsResolver resolver) {
		Timeout answer = Timeout.of(patience);
		ConnectionConfig connection = ConnectionConfig.custom()
			.setConnectTimeout(Timeout.ofSeconds(2))
			.setSocketTimeout(answer)
			.setTimeToLive(TimeValue.ofMinutes(5))
			.setValidateAfterInactivity(TimeValue.ofSeconds(2))
			.build();
		return HttpClients.custom()
			.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
				.setMaxConnTotal(connections)
				.setMaxConnPerRoute(connections)
				.setDnsResolver(resolver)
				.setDefaultConnectionConfig(connection)
				.build())
			.setDefaultRequestConfig(RequestConfig.custom()
				.setConnectionRequestTimeout(Timeout.ofSeconds(1))
				.setResponseTimeout(answer)
				.build())
			.disableAutomaticRetries()
			.disableRedirectHandling()
			.disableCookieManagement()
			.evictIdleConnections(TimeValue.ofSeconds(30))
			.build();
	}

}
