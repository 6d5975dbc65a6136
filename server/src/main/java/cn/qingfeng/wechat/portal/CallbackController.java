package cn.qingfeng.wechat.portal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

import cn.qingfeng.platform.reactor.LogContext;
import cn.qingfeng.wechat.WechatAccount;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Where WeChat calls us. Whatever is wrong with a call, the answer is the same; what is
 * right is answered once it is stored.
 */
@RestController
class CallbackController {

	private static final Logger log = LoggerFactory.getLogger(CallbackController.class);

	private static final int LIMIT = 64 * 1024;

	/** WeChat hangs up after five seconds and comes again. */
	private static final Duration PATIENCE = Duration.ofMillis(4_500);

	/** What stops WeChat from trying again when there is nothing to say. */
	private static final String DONE = "success";

	private final CallbackReceiving receiving;

	private final Counter refusals;

	CallbackController(CallbackReceiving receiving, MeterRegistry meters) {
		this.receiving = receiving;
		this.refusals = meters.counter("qingfeng.wechat.callbacks.refused");
	}

	@GetMapping("/wechat/{account}/callback")
	Mono<ResponseEntity<String>> tried(@PathVariable String account, ServerWebExchange exchange) {
		return account(account).flatMap((known) -> this.receiving.tried(known, query(exchange)))
			.map((echo) -> answer(echo, MediaType.TEXT_PLAIN))
			.onErrorResume(RefusedCallbackException.class, this::refused);
	}

	@PostMapping("/wechat/{account}/callback")
	Mono<ResponseEntity<String>> received(@PathVariable String account, ServerWebExchange exchange) {
		return Mono.zip(account(account), body(exchange))
			.flatMap((both) -> this.receiving.received(both.getT1(), query(exchange), both.getT2()))
			.map((reply) -> answer(reply, MediaType.APPLICATION_XML))
			.defaultIfEmpty(answer(DONE, MediaType.TEXT_PLAIN))
			.onErrorResume(RefusedCallbackException.class, this::refused)
			.timeout(PATIENCE);
	}

	private static Mono<WechatAccount> account(String path) {
		return Mono
			.justOrEmpty(Arrays.stream(WechatAccount.values()).filter((each) -> each.path().equals(path)).findAny())
			.switchIfEmpty(Mono.error(() -> new RefusedCallbackException("no such account")));
	}

	private static CallbackQuery query(ServerWebExchange exchange) {
		return CallbackQuery.of(exchange.getRequest().getQueryParams());
	}

	private static Mono<byte[]> body(ServerWebExchange exchange) {
		return DataBufferUtils.join(exchange.getRequest().getBody(), LIMIT)
			.map(CallbackController::bytes)
			.onErrorMap(DataBufferLimitException.class, (large) -> new RefusedCallbackException("too large"))
			.switchIfEmpty(Mono.error(() -> new RefusedCallbackException("no body")));
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private static ResponseEntity<String> answer(String text, MediaType type) {
		return ResponseEntity.ok().contentType(new MediaType(type, StandardCharsets.UTF_8)).body(text);
	}

	private Mono<ResponseEntity<String>> refused(RefusedCallbackException ex) {
		this.refusals.increment();
		// Its body may not be read to the end, and it is not WeChat who sent it.
		return LogContext.line(() -> log.warn("a WeChat callback was refused: {}", ex.getMessage()))
			.thenReturn(ResponseEntity.status(HttpStatus.FORBIDDEN)
				.header(HttpHeaders.CONNECTION, "close")
				.contentType(MediaType.TEXT_PLAIN)
				.body("refused"));
	}

}
