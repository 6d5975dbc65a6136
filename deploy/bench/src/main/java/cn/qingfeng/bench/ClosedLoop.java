package cn.qingfeng.bench;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Callers on kept connections, each of which asks again as soon as it is answered. It
 * shares the processors with what it loads, so it writes bytes that were made before and
 * decodes no more than the frame of an answer.
 */
final class ClosedLoop implements AutoCloseable {

	private static final int THREADS = 2;

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(THREADS, NioIoHandler.newFactory());

	/** What goes over the wire to get a path with a session. */
	static byte[] get(String path, String token) {
		return request("GET", path, token, "");
	}

	/** What goes over the wire to post nothing to a path with a session. */
	static byte[] post(String path, String token) {
		return request("POST", path, token, "Content-Length: 0\r\n");
	}

	private static byte[] request(String method, String path, String token, String length) {
		return (method + " " + path
				+ " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nAuthorization: Bearer " + token + "\r\n"
				+ length + "\r\n")
			.getBytes(StandardCharsets.US_ASCII);
	}

	/** Makes so many calls. */
	Measured count(int port, int connections, int calls, IntFunction<byte[]> request) {
		return run(port, connections, request, calls, PATIENCE);
	}

	/** Makes calls for so long. */
	Measured during(int port, int connections, Duration time, IntFunction<byte[]> request) {
		return run(port, connections, request, Integer.MAX_VALUE, time);
	}

	private Measured run(int port, int connections, IntFunction<byte[]> request, int calls, Duration time) {
		CountDownLatch finished = new CountDownLatch(connections);
		List<Channel> channels = new ArrayList<>();
		for (int i = 0; i < connections; i++) {
			channels.add(connect(port));
		}
		long start = System.nanoTime();
		Work work = new Work(request, calls, start + time.toNanos(), new AtomicInteger(), finished);
		List<Caller> callers = channels.stream().map((channel) -> new Caller(channel, work)).toList();
		callers.forEach(Caller::begin);
		await(finished);
		return measured(callers, Duration.ofNanos(System.nanoTime() - start));
	}

	private static void await(CountDownLatch finished) {
		try {
			if (!finished.await(PATIENCE.plusMinutes(1).toSeconds(), TimeUnit.SECONDS)) {
				throw new BenchException("An answer does not come");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BenchException("Interrupted", ex);
		}
	}

	private static Measured measured(List<Caller> callers, Duration elapsed) {
		Latencies latencies = Latencies.of(callers.stream().flatMapToLong(Caller::latencies));
		int errors = callers.stream().mapToInt((caller) -> caller.errors).sum();
		String failure = callers.stream()
			.map((caller) -> caller.failure)
			.filter((text) -> !text.isEmpty())
			.findFirst()
			.orElse("");
		return new Measured(latencies.sorted().length, errors, failure, elapsed, latencies);
	}

	private Channel connect(int port) {
		return new Bootstrap().group(this.loops)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true)
			.handler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(new HttpResponseDecoder());
				}

			})
			.connect(new InetSocketAddress(Ports.LOOPBACK, port))
			.syncUninterruptibly()
			.channel();
	}

	@Override
	public void close() {
		this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

	/**
	 * What all callers do together.
	 *
	 * @param request the bytes of the call with that number
	 * @param calls how many
	 * @param end by the nanosecond clock, after which no call begins
	 * @param next number of the next call
	 * @param finished counted down by each caller
	 */
	private record Work(IntFunction<byte[]> request, int calls, long end, AtomicInteger next, CountDownLatch finished) {

	}

	/**
	 * One connection. Its fields belong to its event loop until it has finished.
	 */
	private static final class Caller extends SimpleChannelInboundHandler<HttpObject> {

		private final Channel channel;

		private final Work work;

		private long[] nanos = new long[1024];

		private int answered;

		private int errors;

		private String failure = "";

		private long asked;

		private boolean good;

		private boolean finished;

		Caller(Channel channel, Work work) {
			this.channel = channel;
			this.work = work;
		}

		void begin() {
			this.channel.eventLoop().execute(() -> {
				this.channel.pipeline().addLast(this);
				ask();
			});
		}

		private void ask() {
			int number = this.work.next().getAndIncrement();
			this.asked = System.nanoTime();
			if (number < 0 || number >= this.work.calls() || this.asked >= this.work.end()) {
				finish();
				return;
			}
			this.channel.writeAndFlush(Unpooled.wrappedBuffer(this.work.request().apply(number)));
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
			if (part instanceof HttpResponse response) {
				this.good = response.status().code() == 200;
				if (!this.good) {
					this.failure = response.status().toString();
				}
			}
			if (part instanceof LastHttpContent) {
				note();
				ask();
			}
		}

		private void note() {
			if (!this.good) {
				this.errors++;
				return;
			}
			if (this.answered == this.nanos.length) {
				this.nanos = Arrays.copyOf(this.nanos, 2 * this.answered);
			}
			this.nanos[this.answered++] = System.nanoTime() - this.asked;
		}

		private void finish() {
			if (!this.finished) {
				this.finished = true;
				this.channel.close();
				this.work.finished().countDown();
			}
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			broken("a closed connection");
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			broken(cause.toString());
		}

		private void broken(String how) {
			if (!this.finished) {
				this.errors++;
				this.failure = how;
				finish();
			}
		}

		LongStream latencies() {
			return Arrays.stream(this.nanos, 0, this.answered);
		}

	}

}
