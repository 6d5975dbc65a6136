package cn.qingfeng.wechat.portal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import cn.qingfeng.platform.outbox.Outbox;
import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatEvent;
import cn.qingfeng.wechat.WechatProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Takes a callback in: one row however often WeChat repeats it, and its event in the same
 * transaction. What follows from it happens later.
 */
@Component
class CallbackReceiving {

	private static final Logger log = LoggerFactory.getLogger(CallbackReceiving.class);

	private static final Duration CLEANING = Duration.ofHours(1);

	private final Map<WechatAccount, CallbackDoor> doors = new EnumMap<>(WechatAccount.class);

	private final Inbox inbox;

	private final Outbox outbox;

	private final Transactions transactions;

	CallbackReceiving(WechatProperties properties, Clock clock, Inbox inbox, Outbox outbox, Transactions transactions,
			BackgroundLoops loops) {
		for (WechatAccount account : WechatAccount.values()) {
			this.doors.put(account, new CallbackDoor(properties.of(account), properties.callbackTolerance(), clock));
		}
		this.inbox = inbox;
		this.outbox = outbox;
		this.transactions = transactions;
		loops.start("wechat-inbox-cleaning", CLEANING, inbox::cleaned);
	}

	/** The echo for WeChat's trial of the address, or an error when it is not WeChat. */
	Mono<String> tried(WechatAccount account, CallbackQuery query) {
		return Mono.fromCallable(() -> door(account).echo(query));
	}

	/** Completes when the callback is stored, or fails when it is not WeChat's. */
	Mono<Void> received(WechatAccount account, CallbackQuery query, byte[] body) {
		return Mono.fromCallable(() -> door(account).open(query, body)).flatMap((clear) -> stored(account, clear));
	}

	private Mono<Void> stored(WechatAccount account, byte[] clear) {
		return understood(account, clear).map((letter) -> stored(account, letter))
			.orElseGet(() -> quarantined(account, clear));
	}

	private Mono<Void> stored(WechatAccount account, Letter letter) {
		Mono<Void> published = letter.event().map(this.outbox::publish).orElseGet(Mono::empty);
		return this.transactions
			.inTransaction(this.inbox.added(account, letter.dedupeKey(), letter.kind())
				.flatMap((isNew) -> isNew ? published.thenReturn(true) : Mono.just(false)))
			.then();
	}

	private Mono<Void> quarantined(WechatAccount account, byte[] clear) {
		log.warn("a callback of {} makes no sense; its text is kept for a person", account);
		return this.inbox.quarantined(account, new String(clear, StandardCharsets.UTF_8));
	}

	private Optional<Letter> understood(WechatAccount account, byte[] clear) {
		try {
			return Optional.of(Letter.of(new ReceivedMessage(account, door(account).read(clear))));
		}
		catch (RefusedCallbackException | IllegalArgumentException | ArithmeticException | DateTimeException ex) {
			return Optional.empty();
		}
	}

	private CallbackDoor door(WechatAccount account) {
		return Objects.requireNonNull(this.doors.get(account));
	}

	private record Letter(byte[] dedupeKey, String kind, Optional<WechatEvent> event) {

		static Letter of(ReceivedMessage message) {
			return new Letter(message.dedupeKey(), message.kind(), message.event());
		}

	}

}
