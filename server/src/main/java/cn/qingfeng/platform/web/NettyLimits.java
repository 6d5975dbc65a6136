package cn.qingfeng.platform.web;

import java.net.SocketAddress;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import reactor.netty.ConnectionObserver;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Closes slow clients: Reactor Netty by itself closes none. Silent sockets fall to
 * {@code server.netty.idle-timeout}; dripping headers, a slow body and an answer that
 * nobody reads fall here. Reactor Netty's own {@code requestTimeout} is not used: after
 * an answer that is given on the spot its timer goes on and keeps the whole request in
 * memory until it ends (seen in 1.3.8).
 */
@Component
class NettyLimits implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

	private final WebProperties properties;

	NettyLimits(WebProperties properties) {
		this.properties = properties;
	}

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		factory.addServerCustomizers((server) -> server.doOnChannelInit(this::watch));
	}

	private void watch(ConnectionObserver observer, Channel channel, @Nullable SocketAddress remote) {
		ArrivalDeadline.watch(channel, this.properties.headerTimeout(), this.properties.requestTimeout());
		AnswerDeadline.watch(channel, this.properties.answerTimeout());
	}

}
