package cn.qingfeng.platform.reactor;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What a log line of a request says: {@code traceId}, and {@code memberId} with our own
 * id of the caller. Carried in the Reactor context and put into the MDC where a line is
 * written. Reactor could move it to the thread of each operator by itself, which took
 * more than half of the time of a cheap request.
 */
public final class LogContext {

	private static final String KEY = LogContext.class.getName();

	private static final String TRACE = "traceId";

	private static final String USER = "memberId";

	private LogContext() {
	}

	/**
	 * Names the request.
	 * @param traceId of the request
	 * @return for {@code contextWrite}
	 */
	public static UnaryOperator<Context> trace(String traceId) {
		return with(TRACE, traceId);
	}

	/**
	 * Adds the caller.
	 * @param key our own id of the caller
	 * @return for {@code contextWrite}
	 */
	public static UnaryOperator<Context> user(String key) {
		return with(USER, key);
	}

	/**
	 * Writes lines when it is subscribed to.
	 * @param line writes to a logger
	 */
	public static Mono<Void> line(Runnable line) {
		return Mono.deferContextual((context) -> {
			write(context, line);
			return Mono.empty();
		});
	}

	/**
	 * Writes lines now.
	 * @param context of the request
	 * @param line writes to a logger
	 */
	public static void write(ContextView context, Runnable line) {
		Map<String, String> before = enter(context);
		try {
			line.run();
		}
		finally {
			leave(before);
		}
	}

	/** Lets all lines of a call say it. */
	static <T> Callable<T> within(ContextView context, Callable<? extends T> call) {
		return () -> {
			Map<String, String> before = enter(context);
			try {
				return call.call();
			}
			finally {
				leave(before);
			}
		};
	}

	private static @Nullable Map<String, String> enter(ContextView context) {
		Map<String, String> before = MDC.getCopyOfContextMap();
		Map<String, String> fields = context.getOrDefault(KEY, Map.of());
		MDC.setContextMap(fields);
		return before;
	}

	private static void leave(@Nullable Map<String, String> before) {
		if (before != null) {
			MDC.setContextMap(before);
		}
		else {
			MDC.clear();
		}
	}

	private static UnaryOperator<Context> with(String field, String value) {
		return (context) -> {
			Map<String, String> fields = new HashMap<>(context.getOrDefault(KEY, Map.of()));
			fields.put(field, value);
			return context.put(KEY, Map.copyOf(fields));
		};
	}

}
