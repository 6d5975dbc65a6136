package cn.qingfeng.platform.web;

import io.micrometer.context.ContextRegistry;
import org.slf4j.MDC;
import reactor.util.context.Context;

/**
 * What every log line of a request says: {@code traceId}, and {@code memberId} with our
 * own id of the caller. Carried in the Reactor context and put into the MDC on each
 * thread by context propagation.
 */
public final class LogContext {

	private static final String USER = "memberId";

	private LogContext() {
	}

	static void register() {
		register(TraceId.KEY);
		register(USER);
	}

	static Context trace(String traceId) {
		return Context.of(TraceId.KEY, traceId);
	}

	public static Context user(String key) {
		return Context.of(USER, key);
	}

	private static void register(String key) {
		ContextRegistry.getInstance()
			.registerThreadLocalAccessor(key, () -> MDC.get(key), (value) -> MDC.put(key, value),
					() -> MDC.remove(key));
	}

}
