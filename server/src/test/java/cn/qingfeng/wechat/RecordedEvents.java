package cn.qingfeng.wechat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

import cn.qingfeng.platform.outbox.OutboxHandler;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

import static org.awaitility.Awaitility.await;

/**
 * Remembers what came out of the outbox.
 */
@TestConfiguration(proxyBeanMethods = false)
public class RecordedEvents {

	@Bean
	Record recordedEvents() {
		return new Record();
	}

	@Bean
	OutboxHandler<WechatEvent.Followed> recordedFollows(Record record) {
		return new Recorder<>(WechatEvent.Followed.class, record);
	}

	@Bean
	OutboxHandler<WechatEvent.TemplateMessageFinished> recordedReceipts(Record record) {
		return new Recorder<>(WechatEvent.TemplateMessageFinished.class, record);
	}

	@Bean
	OutboxHandler<WechatEvent.MassSendFinished> recordedMassSends(Record record) {
		return new Recorder<>(WechatEvent.MassSendFinished.class, record);
	}

	@Bean
	OutboxHandler<WechatEvent.PublicationFinished> recordedPublications(Record record) {
		return new Recorder<>(WechatEvent.PublicationFinished.class, record);
	}

	@Bean
	OutboxHandler<WechatEvent.SubscriptionAnswered> recordedAnswers(Record record) {
		return new Recorder<>(WechatEvent.SubscriptionAnswered.class, record);
	}

	/**
	 * All events so far.
	 */
	public static final class Record {

		private final Queue<WechatEvent> events = new ConcurrentLinkedQueue<>();

		public <E extends WechatEvent> E awaited(Class<E> type, Predicate<E> which) {
			return await().atMost(Duration.ofSeconds(20))
				.until(() -> all(type, which), (found) -> !found.isEmpty())
				.getFirst();
		}

		public <E extends WechatEvent> List<E> all(Class<E> type, Predicate<E> which) {
			return this.events.stream().filter(type::isInstance).map(type::cast).filter(which).toList();
		}

	}

	private record Recorder<E extends WechatEvent>(Class<E> type, Record record) implements OutboxHandler<E> {

		@Override
		public Mono<Void> handle(E event) {
			return Mono.fromRunnable(() -> this.record.events.add(event));
		}

		@Override
		public String name() {
			return "recorded-" + this.type.getSimpleName();
		}

	}

}
