package cn.qingfeng.platform.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Closes a connection on which the head of a request has begun and does not end: a header
 * now and then is no silence, so no idle timeout ever sees it. Works on the event loop of
 * one connection; a head that comes in one piece, as nearly all do, sets no timer.
 */
final class HeadDeadline extends ChannelInboundHandlerAdapter {

	private final Duration limit;

	/** Between two requests, or within the head of one. */
	private boolean awaitsHead = true;

	private boolean requestEnded;

	private @Nullable Future<?> timer;

	private HeadDeadline(Duration limit) {
		this.limit = limit;
	}

	static void guard(Channel channel, Duration limit) {
		if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
			HeadDeadline deadline = new HeadDeadline(limit);
			channel.pipeline()
				.addBefore(NettyPipeline.HttpCodec, "qingfeng.headDeadline", deadline)
				.addAfter(NettyPipeline.HttpCodec, "qingfeng.heads", deadline.new Heads());
		}
	}

	/** Bytes, of which the codec has made what it could when the call returns. */
	@Override
	public void channelRead(ChannelHandlerContext context, Object bytes) {
		this.requestEnded = false;
		context.fireChannelRead(bytes);
		if (this.awaitsHead && !this.requestEnded && this.timer == null) {
			this.timer = context.executor()
				.schedule(() -> context.close(), this.limit.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		stop();
		context.fireChannelInactive();
	}

	private void stop() {
		if (this.timer != null) {
			this.timer.cancel(false);
			this.timer = null;
		}
	}

	/**
	 * What the codec makes of the bytes.
	 */
	private final class Heads extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof HttpRequest) {
				HeadDeadline.this.awaitsHead = false;
				stop();
			}
			if (message instanceof LastHttpContent) {
				HeadDeadline.this.awaitsHead = true;
				HeadDeadline.this.requestEnded = true;
			}
			context.fireChannelRead(message);
		}

	}

}
