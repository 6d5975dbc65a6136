package cn.qingfeng.platform.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Closes a connection that takes nothing of its answer for a while: the answer waits in
 * memory, and a connection that is answering is not idle. Works on the event loop of one
 * connection; an answer that leaves at once, as nearly all do, sets no timer.
 */
final class AnswerDeadline extends ChannelDuplexHandler {

	private final Duration patience;

	private @Nullable Future<?> timer;

	private AnswerDeadline(Duration patience) {
		this.patience = patience;
	}

	/**
	 * Watches a connection.
	 * @param channel of the connection
	 * @param patience how long not a byte may leave while one waits
	 */
	static void watch(Channel channel, Duration patience) {
		if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
			channel.pipeline()
				.addBefore(NettyPipeline.HttpCodec, "qingfeng.answerDeadline", new AnswerDeadline(patience));
		}
	}

	@Override
	public void flush(ChannelHandlerContext context) {
		context.flush();
		if (this.timer == null) {
			watch(context);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		if (this.timer != null) {
			this.timer.cancel(false);
		}
		context.fireChannelInactive();
	}

	private void watch(ChannelHandlerContext context) {
		Waiting waiting = waiting(context);
		this.timer = (waiting != null) ? context.executor()
			.schedule(() -> check(context, waiting), this.patience.toMillis(), TimeUnit.MILLISECONDS) : null;
	}

	private void check(ChannelHandlerContext context, Waiting before) {
		if (before.equals(waiting(context))) {
			context.close();
		}
		else {
			watch(context);
		}
	}

	private static @Nullable Waiting waiting(ChannelHandlerContext context) {
		ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
		return (buffer != null && buffer.current() instanceof Object first)
				? new Waiting(System.identityHashCode(first), buffer.currentProgress()) : null;
	}

	/**
	 * What is the next to leave.
	 *
	 * @param first which piece; a number, as the piece itself may be freed by then
	 * @param progress how much of it has left
	 */
	private record Waiting(int first, long progress) {

	}

}
