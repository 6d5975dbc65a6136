package cn.qingfeng.platform.outbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * The handlers of this node, looked up late: a handler may itself publish.
 */
@Component
class OutboxHandlers {

	private final SingletonSupplier<Map<String, OutboxHandler<?>>> byName;

	OutboxHandlers(ObjectProvider<OutboxHandler<?>> handlers) {
		this.byName = SingletonSupplier.of(() -> handlers.stream()
			.collect(Collectors.toUnmodifiableMap(OutboxHandler::name, Function.identity())));
	}

	List<String> namesFor(Class<?> type) {
		return this.byName.obtain()
			.values()
			.stream()
			.filter((handler) -> handler.type() == type)
			.map(OutboxHandler::name)
			.sorted()
			.toList();
	}

	Set<String> names() {
		return this.byName.obtain().keySet();
	}

	@Nullable OutboxHandler<?> find(String name) {
		return this.byName.obtain().get(name);
	}

}
