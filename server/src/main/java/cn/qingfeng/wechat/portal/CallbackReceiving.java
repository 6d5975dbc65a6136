package cn.qingfeng.wechat.portal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.LogContext;
import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Takes a callback in: one row however often WeChat repeats it, and its event in the same
 * transaction. What follows from it happens later; only the reply is found at once.
 */
@Component
class CallbackReceiving {

	private static final Logger log = LoggerFactory.getLogger(CallbackReceiving.class);

	private static final Duration CLEANING = Duration.ofHours(1);

	private final Map<WechatAccount, CallbackDoor> doors = new EnumMap<>(WechatAccount.class);

	private final Inbox inbox;

	private final Replying replying;

	CallbackReceiving(WechatProperties properties, Clock clock, Inbox inbox, Replying replying, BackgroundLoops loops) {
		for (WechatAccount account : WechatAccount.values()) {
			this.doors.put(account, new CallbackDoor(properties.of(account), properties.callbackTolerance(), clock));
		}
		this.inbox = inbox;
		this.replying = replying;
		loops.start("wechat-inbox-cleaning", CLEANING, inbox::cleaned);
	}

	/** The echo for WeChat's trial of the address, or an error when it is not WeChat. */
	Mono<String> tried(WechatAccount account, CallbackQuery query) {
		return Mono.fromCallable(() -> door(account).echo(query));
	}

	/**
	 * Stores a callback, or fails when it is not WeChat's.
	 * @return when it is stored, what WeChat shows the person at once; empty for nothing
	 */
	Mono<String> received(WechatAccount account, CallbackQuery query, byte[] body) {
		return Mono.fromCallable(() -> door(account).open(query, body))
			.flatMap((clear) -> understood(account, clear).map((message) -> answered(query, message))
				.orElseGet(() -> quarantined(account, clear).then(Mono.empty())));
	}

	private Mono<String> answered(CallbackQuery query, ReceivedMessage message) {
		return this.replying.to(message)
			.map((reply) -> Letter.of(message, reply))
			.flatMap(this.inbox::add)
			.flatMap(Mono::justOrEmpty)
			.map((reply) -> door(message.account()).close(query, message, reply));
	}

	private Mono<Void> quarantined(WechatAccount account, byte[] clear) {
		return LogContext
			.line(() -> log.warn("a callback of {} makes no sense; its text is kept for a person", account))
			.then(this.inbox.quarantined(account, new String(clear, StandardCharsets.UTF_8)));
	}

	private Optional<ReceivedMessage> understood(WechatAccount account, byte[] clear) {
		try {
			ReceivedMessage message = new ReceivedMessage(account, door(account).read(clear));
			message.event();
			message.at();
			return Optional.of(message);
		}
		catch (RefusedCallbackException | IllegalArgumentException | ArithmeticException | DateTimeException ex) {
			return Optional.empty();
		}
	}

	private CallbackDoor door(WechatAccount account) {
		return Objects.requireNonNull(this.doors.get(account));
	}

}
