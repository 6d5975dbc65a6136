package cn.qingfeng.platform.web;

import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Closes slow clients: Reactor Netty by itself closes none. Silent sockets fall to
 * {@code server.netty.idle-timeout}, dripping headers and a slow body fall here.
 */
@Component
class NettyLimits implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

	private final WebProperties properties;

	NettyLimits(WebProperties properties) {
		this.properties = properties;
	}

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		factory.addServerCustomizers(this::limit);
	}

	private HttpServer limit(HttpServer server) {
		return server.requestTimeout(this.properties.requestTimeout())
			.doOnChannelInit(
					(observer, channel, remote) -> HeadDeadline.guard(channel, this.properties.headerTimeout()));
	}

}
