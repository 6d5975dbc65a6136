package cn.qingfeng.platform.web;

import java.net.SocketAddress;
import java.time.Duration;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Closes slow clients: Reactor Netty by itself closes none. Silent sockets fall to
 * {@code server.netty.idle-timeout}; dripping headers, a slow body and an answer that
 * nobody reads fall here.
 */
@Component
class NettyLimits implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

	private static final Duration GRACE = Duration.ofSeconds(1);

	private final WebProperties properties;

	NettyLimits(WebProperties properties) {
		this.properties = properties;
	}

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		factory.addServerCustomizers(this::limit);
	}

	private HttpServer limit(HttpServer server) {
		return server.requestTimeout(this.properties.requestTimeout()).doOnChannelInit(this::watch);
	}

	/** Later than the timeout that is answered, which ends with any other answer. */
	private void watch(ConnectionObserver observer, Channel channel, @Nullable SocketAddress remote) {
		ArrivalDeadline.watch(channel, this.properties.headerTimeout(), this.properties.requestTimeout().plus(GRACE));
		AnswerDeadline.watch(channel, this.properties.answerTimeout());
	}

}
