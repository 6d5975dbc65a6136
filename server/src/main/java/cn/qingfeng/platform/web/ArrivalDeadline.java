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
 * Closes a connection on which a request has begun and does not end: a header now and
 * then is no silence, so no idle timeout ever sees it, and a body may go on dripping
 * after its answer. Works on the event loop of one connection; a request that comes in
 * one piece, as nearly all do, sets no timer.
 */
final class ArrivalDeadline extends ChannelInboundHandlerAdapter {

	private final Duration head;

	private final Duration body;

	private Awaited awaited = Awaited.NOTHING;

	private Awaited timed = Awaited.NOTHING;

	private @Nullable Future<?> timer;

	private ArrivalDeadline(Duration head, Duration body) {
		this.head = head;
		this.body = body;
	}

	/**
	 * Watches a connection.
	 * @param channel of the connection
	 * @param head how long the head of a request may take from its first byte
	 * @param body how long the rest may take from there
	 */
	static void watch(Channel channel, Duration head, Duration body) {
		if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
			ArrivalDeadline deadline = new ArrivalDeadline(head, body);
			channel.pipeline()
				.addBefore(NettyPipeline.HttpCodec, "qingfeng.arrivalDeadline", deadline)
				.addAfter(NettyPipeline.HttpCodec, "qingfeng.arrivals", deadline.new Arrivals());
		}
	}

	/** Bytes, of which the codec has made what it could when the call returns. */
	@Override
	public void channelRead(ChannelHandlerContext context, Object bytes) {
		if (this.awaited == Awaited.NOTHING) {
			this.awaited = Awaited.HEAD;
		}
		context.fireChannelRead(bytes);
		if (this.awaited != this.timed) {
			stop();
			start(context);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		stop();
		context.fireChannelInactive();
	}

	private void start(ChannelHandlerContext context) {
		this.timed = this.awaited;
		if (this.awaited != Awaited.NOTHING) {
			Duration limit = (this.awaited == Awaited.HEAD) ? this.head : this.body;
			this.timer = context.executor().schedule(() -> context.close(), limit.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private void stop() {
		if (this.timer != null) {
			this.timer.cancel(false);
			this.timer = null;
		}
	}

	/**
	 * What must come next for the request to go on.
	 */
	private enum Awaited {

		NOTHING, HEAD, BODY

	}

	/**
	 * What the codec makes of the bytes.
	 */
	private final class Arrivals extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof HttpRequest) {
				ArrivalDeadline.this.awaited = Awaited.BODY;
			}
			if (message instanceof LastHttpContent) {
				ArrivalDeadline.this.awaited = Awaited.NOTHING;
				ArrivalDeadline.this.timed = Awaited.NOTHING;
				stop();
			}
			context.fireChannelRead(message);
		}

	}

}
