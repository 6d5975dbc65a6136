package cn.qingfeng.platform.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import reactor.util.context.Context;

/**
 * What every log line of a request says: {@code traceId}, and {@code memberId} with our
 * own id of the caller. Carried in the Reactor context and put into the MDC on each
 * thread by context propagation.
 */
public final class LogContext {

	private static final String KEY = LogContext.class.getName();

	private static final String USER = "memberId";

	private LogContext() {
	}

	/**
	 * Propagates this and nothing else: whatever is registered is moved at each operator,
	 * and here nobody reads the user, the exchange or the observation from a thread.
	 */
	static void register() {
		ContextRegistry registry = ContextRegistry.getInstance();
		List.copyOf(registry.getThreadLocalAccessors()).forEach((other) -> remove(registry, other.key()));
		registry.registerThreadLocalAccessor(new Fields());
	}

	private static void remove(ContextRegistry registry, Object key) {
		if (key instanceof String name) {
			registry.removeThreadLocalAccessor(name);
		}
		else {
			registry.registerThreadLocalAccessor(new Unread(key));
		}
	}

	static UnaryOperator<Context> trace(String traceId) {
		return with(TraceId.KEY, traceId);
	}

	/**
	 * Adds the caller.
	 * @param key our own id of the caller
	 * @return for {@code contextWrite}
	 */
	public static UnaryOperator<Context> user(String key) {
		return with(USER, key);
	}

	private static UnaryOperator<Context> with(String field, String value) {
		return (context) -> {
			Map<String, String> fields = new HashMap<>(context.getOrDefault(KEY, Map.of()));
			fields.put(field, value);
			return context.put(KEY, Map.copyOf(fields));
		};
	}

	private static final class Fields implements ThreadLocalAccessor<Map<String, String>> {

		@Override
		public Object key() {
			return KEY;
		}

		@Override
		public @Nullable Map<String, String> getValue() {
			return MDC.getCopyOfContextMap();
		}

		@Override
		public void setValue(Map<String, String> fields) {
			MDC.setContextMap(fields);
		}

		@Override
		public void setValue() {
			MDC.clear();
		}

	}

	/**
	 * Takes the place of another accessor, for only those named by text can be removed.
	 */
	private record Unread(Object key) implements ThreadLocalAccessor<Object> {

		@Override
		public @Nullable Object getValue() {
			return null;
		}

		@Override
		public void setValue(Object value) {
			// Nobody would read it.
		}

		@Override
		public void setValue() {
			// Nothing was set.
		}

	}

}
