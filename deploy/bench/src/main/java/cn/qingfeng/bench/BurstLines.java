package cn.qingfeng.bench;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop for a {@link Burst}, the last used first. A call that
 * finds none free opens one, or waits when there are enough. Everything belongs to the
 * event loop until all members have gone.
 */
final class BurstLines {

	/** Shorter than the server's, which would close one as it is used. */
	private static final long IDLE_NANOS = Duration.ofSeconds(8).toNanos();

	private final EventLoop loop;

	private final Bootstrap bootstrap;

	private final int most;

	private final CountDownLatch gone;

	private final Deque<Line> idle = new ArrayDeque<>();

	private final Queue<Call> waiting = new ArrayDeque<>();

	private final List<Long> papers = new ArrayList<>();

	private final List<Long> submissions = new ArrayList<>();

	private final List<String> failures = new ArrayList<>();

	private int open;

	BurstLines(EventLoop loop, int port, int most, CountDownLatch gone) {
		this.loop = loop;
		this.most = most;
		this.gone = gone;
		this.bootstrap = new Bootstrap().group(loop)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true)
			.remoteAddress(new InetSocketAddress(Ports.LOOPBACK, port))
			.handler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(new HttpResponseDecoder()).addLast(new Line(channel));
				}

			});
	}

	/** Lets the member come when it is time. */
	void expect(Visit visit, long start) {
		at(start + visit.arrival(), new Call(visit, false, start + visit.arrival()));
	}

	/** Nanoseconds that each took. */
	List<Long> papers() {
		return this.papers;
	}

	/** Nanoseconds that each took. */
	List<Long> submissions() {
		return this.submissions;
	}

	/** Of each call that was not answered well. */
	List<String> failures() {
		return this.failures;
	}

	private void at(long due, Call call) {
		this.loop.schedule(() -> make(call), Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
	}

	private void make(Call call) {
		Line line = free();
		if (line != null) {
			line.ask(call);
		}
		else if (this.open < this.most) {
			this.open++;
			this.bootstrap.connect().addListener((ChannelFuture connected) -> connected(connected, call));
		}
		else {
			this.waiting.add(call);
		}
	}

	private @Nullable Line free() {
		long oldest = System.nanoTime() - IDLE_NANOS;
		while (!this.idle.isEmpty() && this.idle.getLast().used < oldest) {
			this.idle.removeLast().channel.close();
		}
		return this.idle.poll();
	}

	private void connected(ChannelFuture connected, Call call) {
		if (connected.isSuccess()) {
			connected.channel().pipeline().get(Line.class).ask(call);
		}
		else {
			this.open--;
			failed(connected.cause().toString());
		}
	}

	private void answered(Call call) {
		long now = System.nanoTime();
		if (call.submits()) {
			this.submissions.add(now - call.due());
			this.gone.countDown();
		}
		else {
			this.papers.add(now - call.due());
			long due = now + call.visit().thinking();
			at(due, new Call(call.visit(), true, due));
		}
	}

	private void failed(String how) {
		this.failures.add(how);
		this.gone.countDown();
	}

	private void freed(Line line) {
		Call next = this.waiting.poll();
		if (next != null) {
			line.ask(next);
		}
		else {
			this.idle.push(line);
		}
	}

	/**
	 * Of one member.
	 *
	 * @param paper request for it
	 * @param submission request for it
	 * @param arrival nanoseconds after the start
	 * @param thinking nanoseconds between the two
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Visit(byte[] paper, byte[] submission, long arrival, long thinking) {

	}

	/**
	 * A request of a visit.
	 *
	 * @param visit it belongs to
	 * @param submits the second of the two
	 * @param due by the nanosecond clock
	 */
	private record Call(Visit visit, boolean submits, long due) {

		byte[] request() {
			return this.submits ? this.visit.submission() : this.visit.paper();
		}

	}

	/**
	 * A connection.
	 */
	private final class Line extends SimpleChannelInboundHandler<HttpObject> {

		private final Channel channel;

		private @Nullable Call asked;

		private String status = "";

		private long used;

		Line(Channel channel) {
			this.channel = channel;
		}

		void ask(Call call) {
			this.asked = call;
			this.channel.writeAndFlush(Unpooled.wrappedBuffer(call.request()));
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
			if (part instanceof HttpResponse response) {
				this.status = response.status().toString();
			}
			if (part instanceof LastHttpContent && this.asked != null) {
				Call call = this.asked;
				this.asked = null;
				this.used = System.nanoTime();
				end(call);
				freed(this);
			}
		}

		private void end(Call call) {
			if (this.status.startsWith("200")) {
				answered(call);
			}
			else {
				failed(this.status);
			}
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			BurstLines.this.open--;
			BurstLines.this.idle.remove(this);
			broken("a closed connection");
			Call next = BurstLines.this.waiting.poll();
			if (next != null) {
				make(next);
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			broken(cause.toString());
			context.close();
		}

		private void broken(String how) {
			if (this.asked != null) {
				this.asked = null;
				failed(how);
			}
		}

	}

}
