package cn.qingfeng.member.identity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import org.springframework.web.server.ServerWebExchange;

/**
 * What a person logs in with, as roughly as they need to know it again: no model, no
 * version, nothing to recognise them by.
 *
 * @param name in Chinese
 */
record Device(String name) {

	private static final Map<String, String> KINDS = new LinkedHashMap<>();
	static {
		KINDS.put("iPad", "苹果平板");
		KINDS.put("iPhone", "苹果手机");
		KINDS.put("HarmonyOS", "鸿蒙手机");
		KINDS.put("Android", "安卓手机");
		KINDS.put("Windows", "Windows 电脑");
		KINDS.put("Macintosh", "苹果电脑");
	}

	static Device of(@Nullable String userAgent) {
		String said = Objects.requireNonNullElse(userAgent, "");
		String kind = KINDS.entrySet()
			.stream()
			.filter((known) -> said.contains(known.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse("其他设备");
		return new Device("%s（%s）".formatted(said.contains("MicroMessenger") ? "微信" : "浏览器", kind));
	}

	/** Of the request that is being served. */
	static Mono<Device> current() {
		return Mono.deferContextual((context) -> Mono
			.just(ServerWebExchangeContextFilter.getExchange(context).map(Device::from).orElseGet(() -> of(null))));
	}

	private static Device from(ServerWebExchange exchange) {
		return of(exchange.getRequest().getHeaders().getFirst(HttpHeaders.USER_AGENT));
	}

}
