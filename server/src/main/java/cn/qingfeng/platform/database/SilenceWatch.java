package cn.qingfeng.platform.database;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection on which a request was sent and not one byte came back, for longer
 * than the server lets any statement run: then nobody is there. Without it a transaction
 * on a half-open connection would hold its place in the pool for ever, for the driver
 * knows no read timeout. One for each channel; runs on its event loop.
 */
final class SilenceWatch extends ChannelDuplexHandler {

	private static final Logger log = LoggerFactory.getLogger(SilenceWatch.class);

	private final long limitNanos;

	private boolean unanswered;

	private long askedAt;

	private @Nullable Future<?> check;

	SilenceWatch(Duration limit) {
		this.limitNanos = limit.toNanos();
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		if (!this.unanswered) {
			this.unanswered = true;
			this.askedAt = System.nanoTime();
			if (this.check == null) {
				schedule(context, this.limitNanos);
			}
		}
		super.write(context, message, promise);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
		this.unanswered = false;
		super.channelRead(context, message);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) throws Exception {
		if (this.check != null) {
			this.check.cancel(false);
		}
		super.channelInactive(context);
	}

	private void schedule(ChannelHandlerContext context, long nanos) {
		this.check = context.executor().schedule(() -> check(context), nanos, TimeUnit.NANOSECONDS);
	}

	private void check(ChannelHandlerContext context) {
		this.check = null;
		if (this.unanswered) {
			long left = this.limitNanos - (System.nanoTime() - this.askedAt);
			if (left > 0) {
				schedule(context, left);
			}
			else {
				log.warn("no answer from {}: connection closed", context.channel().remoteAddress());
				context.close();
			}
		}
	}

}
