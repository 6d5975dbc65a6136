package cn.qingfeng.push.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import cn.qingfeng.platform.outbox.OutboxHandler;
import cn.qingfeng.wechat.WechatEvent.MassSendFinished;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Settles a mass send by WeChat's counts. WeChat never names the followers whom it did
 * not reach, so unless it reached all of them the deliveries stay without a receipt.
 */
@Component
class MassReceipts implements OutboxHandler<MassSendFinished> {

	private static final Duration OVERTAKING = Duration.ofMinutes(5);

	private static final Logger log = LoggerFactory.getLogger(MassReceipts.class);

	private final MassSendStore sends;

	private final DeliveryStore deliveries;

	private final Clock clock;

	MassReceipts(MassSendStore sends, DeliveryStore deliveries, Clock clock) {
		this.sends = sends;
		this.deliveries = deliveries;
		this.clock = clock;
	}

	@Override
	public Class<MassSendFinished> type() {
		return MassSendFinished.class;
	}

	@Override
	public Mono<Void> handle(MassSendFinished event) {
		return this.sends.campaignOf(event.msgId())
			.flatMap((campaign) -> settle(campaign, event))
			.switchIfEmpty(Mono.defer(() -> unknown(event)))
			.then();
	}

	/**
	 * The event may overtake our own commit; after a while it is somebody else's send.
	 */
	private Mono<Long> unknown(MassSendFinished event) {
		if (event.at().isBefore(this.clock.instant().minus(OVERTAKING))) {
			log.info("mass send {} was not made by a campaign", event.msgId());
			return Mono.just(0L);
		}
		return Mono.error(new IllegalStateException("mass send %s is not known yet".formatted(event.msgId())));
	}

	private Mono<Long> settle(UUID campaign, MassSendFinished event) {
		String counts = "微信回执：目标 %d，送达 %d，失败 %d".formatted(event.total(), event.sent(), event.error());
		if (!event.succeeded()) {
			return settle(campaign, DeliveryState.FAILED, "微信群发失败：" + event.status());
		}
		boolean all = event.error() == 0 && event.sent() == event.total();
		return settle(campaign, all ? DeliveryState.DELIVERED : DeliveryState.NO_RECEIPT, counts);
	}

	private Mono<Long> settle(UUID campaign, DeliveryState state, String reason) {
		return this.deliveries.settleMass(campaign, DeliveryState.PLANNED, DeliveryState.ACCEPTED, null)
			.then(this.deliveries.settleMass(campaign, DeliveryState.ACCEPTED, state, reason));
	}

}
