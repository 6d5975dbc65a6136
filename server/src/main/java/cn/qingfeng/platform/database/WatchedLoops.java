package cn.qingfeng.platform.database;

import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * The driver's event loops, which make its channels: the one place where a channel can be
 * given what the driver does not offer. Each gets a {@link SilenceWatch}, and on Linux
 * keep-alive probes that find a dead peer in half a minute instead of two hours.
 */
final class WatchedLoops implements LoopResources {

	private static final int PROBE_AFTER_SECONDS = 10;

	private static final int PROBE_EVERY_SECONDS = 5;

	private static final int PROBES = 3;

	private final LoopResources loops;

	private final Duration silenceLimit;

	WatchedLoops(int loops, Duration silenceLimit) {
		this.loops = LoopResources.create("postgres", 1, loops, true, false);
		this.silenceLimit = silenceLimit;
	}

	@Override
	public <C extends Channel> C onChannel(Class<C> channelType, EventLoopGroup group) {
		C channel = this.loops.onChannel(channelType, group);
		channel.pipeline().addFirst(new SilenceWatch(this.silenceLimit));
		if (channel instanceof EpollSocketChannel) {
			probe(channel);
		}
		return channel;
	}

	private void probe(Channel channel) {
		channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
		channel.config().setOption(EpollChannelOption.TCP_KEEPIDLE, PROBE_AFTER_SECONDS);
		channel.config().setOption(EpollChannelOption.TCP_KEEPINTVL, PROBE_EVERY_SECONDS);
		channel.config().setOption(EpollChannelOption.TCP_KEEPCNT, PROBES);
		channel.config().setOption(EpollChannelOption.TCP_USER_TIMEOUT, (int) this.silenceLimit.toMillis());
	}

	@Override
	public <C extends Channel> Class<? extends C> onChannelClass(Class<C> channelType, EventLoopGroup group) {
		return this.loops.onChannelClass(channelType, group);
	}

	@Override
	public EventLoopGroup onClient(boolean useNative) {
		return this.loops.onClient(useNative);
	}

	@Override
	public EventLoopGroup onServer(boolean useNative) {
		return this.loops.onServer(useNative);
	}

	@Override
	public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
		return this.loops.disposeLater(quietPeriod, timeout);
	}

	@Override
	public void dispose() {
		this.loops.dispose();
	}

	@Override
	public boolean daemon() {
		return this.loops.daemon();
	}

	@Override
	public boolean isDisposed() {
		return this.loops.isDisposed();
	}

}
