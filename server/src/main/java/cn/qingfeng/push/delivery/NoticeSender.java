package cn.qingfeng.push.delivery;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.push.PushProperties;
import cn.qingfeng.push.campaign.CampaignState;
import cn.qingfeng.push.campaign.CampaignStore;
import cn.qingfeng.push.campaign.QuietHours;
import cn.qingfeng.wechat.TemplateMessage;
import cn.qingfeng.wechat.WechatErrorClass;
import cn.qingfeng.wechat.WechatGateway;
import cn.qingfeng.wechat.WechatOutcome;
import cn.qingfeng.wechat.WechatProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Sends notices as template messages: leases a batch, calls WeChat once for each with an
 * id of its own, writes the outcomes in one statement. Any node may do any batch; what a
 * dead one had leased comes back after its lease.
 */
@Component
class NoticeSender {

	/** A batch that fails this widely has a common cause: a person must look. */
	private static final double BRAKE = 0.5;

	private static final int BRAKE_FROM = 10;

	/**
	 * While WeChat is away the first in order stay first, and only the next look waits.
	 */
	private static final Duration REST = Duration.ofSeconds(3);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm");

	private static final Logger log = LoggerFactory.getLogger(NoticeSender.class);

	private final DeliveryStore deliveries;

	private final CampaignStore campaigns;

	private final WechatGateway wechat;

	private final QuietHours quietHours;

	private final PushProperties properties;

	private final URI publicBaseUrl;

	private final Clock clock;

	NoticeSender(DeliveryStore deliveries, CampaignStore campaigns, WechatGateway wechat, QuietHours quietHours,
			PushProperties properties, WechatProperties wechatProperties, Clock clock, BackgroundLoops loops) {
		this.deliveries = deliveries;
		this.campaigns = campaigns;
		this.wechat = wechat;
		this.quietHours = quietHours;
		this.properties = properties;
		this.publicBaseUrl = wechatProperties.publicBaseUrl();
		this.clock = clock;
		loops.start("notice-send", Duration.ofMillis(500), this::sendBatch);
		loops.start("delivery-upkeep", Duration.ofSeconds(1), this::keepUp);
	}

	private Mono<Boolean> sendBatch() {
		if (this.quietHours.contain(this.clock.instant())) {
			return Mono.just(false);
		}
		return this.deliveries.lease(this.properties.batch())
			.filter((leased) -> !leased.isEmpty())
			.flatMap(this::sendAll)
			.defaultIfEmpty(false);
	}

	private Mono<Boolean> sendAll(List<LeasedDelivery> leased) {
		return Flux.fromIterable(leased)
			.flatMap(this::send, this.properties.concurrency())
			.collectList()
			.flatMap((settled) -> this.deliveries.settle(settled).then(brake(settled)).then(rest(settled)))
			.thenReturn(true);
	}

	private static Mono<Void> rest(List<Settlement> settled) {
		return settled.stream().anyMatch(Settlement::held) ? Mono.delay(REST).then() : Mono.empty();
	}

	private Mono<Settlement> send(LeasedDelivery delivery) {
		return call(delivery).map((outcome) -> Settlement.of(delivery, outcome))
			.onErrorResume((error) -> Mono.just(Settlement.of(delivery, lost(delivery, error))));
	}

	private Mono<WechatOutcome<String>> call(LeasedDelivery delivery) {
		PushProperties.NoticeTemplate template = this.properties.notice();
		if (template == null) {
			return Mono.just(new WechatOutcome.Refused<>(WechatErrorClass.CONFIG, WechatOutcome.Refused.NOT_CALLED,
					"no notice template", ""));
		}
		return this.wechat.sendTemplate(new TemplateMessage(delivery.openid(), template.id(),
				this.publicBaseUrl.resolve(delivery.link()).toString(), delivery.clientMsgId(),
				values(delivery, template)));
	}

	private static WechatOutcome<String> lost(LeasedDelivery delivery, Throwable error) {
		log.warn("delivery {} was not answered", delivery.id(), error);
		return new WechatOutcome.Unknown<>(error.getClass().getSimpleName());
	}

	private Map<String, String> values(LeasedDelivery delivery, PushProperties.NoticeTemplate template) {
		return Map.of(template.topic(), delivery.topic(), template.time(), TIME.format(BusinessTime.now(this.clock)),
				template.sender(), this.properties.sender());
	}

	private Mono<Void> brake(List<Settlement> settled) {
		long failed = settled.stream().filter((one) -> one.state() == DeliveryState.FAILED).count();
		boolean wide = settled.size() >= BRAKE_FROM && failed > settled.size() * BRAKE;
		String alarm = settled.stream()
			.map(Settlement::alarm)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse("发送失败过多，已自动暂停");
		boolean alarmed = settled.stream().anyMatch((one) -> one.alarm() != null);
		if (!wide && !alarmed) {
			return Mono.empty();
		}
		List<UUID> affected = settled.stream()
			.filter((one) -> one.alarm() != null || one.state() == DeliveryState.FAILED)
			.map((one) -> one.delivery().campaignId())
			.distinct()
			.toList();
		return Flux.fromIterable(affected).concatMap((campaign) -> pause(campaign, alarm)).then();
	}

	private Mono<Boolean> pause(UUID campaign, String reason) {
		log.warn("campaign {} is paused: {}", campaign, reason);
		return this.campaigns.move(campaign, CampaignState.SENDING, CampaignState.PAUSED, reason);
	}

	private Mono<Boolean> keepUp() {
		return this.deliveries.joinOvertakenReceipts()
			.then(this.deliveries.giveUp())
			.then(this.deliveries.skipCancelled())
			.then(this.deliveries.completeCampaigns())
			.thenReturn(false);
	}

}
