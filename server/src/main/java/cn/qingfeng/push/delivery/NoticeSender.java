package cn.qingfeng.push.delivery;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;

import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.push.PushProperties;
import cn.qingfeng.push.campaign.CampaignState;
import cn.qingfeng.push.campaign.CampaignStore;
import cn.qingfeng.push.campaign.Channel;
import cn.qingfeng.push.campaign.QuietHours;
import cn.qingfeng.push.consent.ConsentWallet;
import cn.qingfeng.wechat.SubscriptionMessage;
import cn.qingfeng.wechat.SubscriptionSent;
import cn.qingfeng.wechat.TemplateMessage;
import cn.qingfeng.wechat.WechatErrorClass;
import cn.qingfeng.wechat.WechatGateway;
import cn.qingfeng.wechat.WechatOutcome;
import cn.qingfeng.wechat.WechatProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Sends notices as template or subscription messages: leases a batch, calls WeChat once
 * for each, writes the outcomes in one transaction. Any node may do any batch. Template
 * messages carry an id of their own, so what a dead node had leased comes back after its
 * lease; WeChat has no such id for subscription messages, so those are in doubt then.
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

	private final ConsentWallet wallet;

	private final CampaignStore campaigns;

	private final WechatGateway wechat;

	private final Transactions transactions;

	private final QuietHours quietHours;

	private final PushProperties properties;

	private final URI publicBaseUrl;

	private final Clock clock;

	NoticeSender(DeliveryStore deliveries, ConsentWallet wallet, CampaignStore campaigns, WechatGateway wechat,
			Transactions transactions, QuietHours quietHours, PushProperties properties,
			WechatProperties wechatProperties, Clock clock, BackgroundLoops loops) {
		this.deliveries = deliveries;
		this.wallet = wallet;
		this.transactions = transactions;
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
			.flatMap((settled) -> settle(settled).then(brake(settled)).then(rest(settled)))
			.thenReturn(true);
	}

	private Mono<Void> settle(List<Settlement> settled) {
		return this.deliveries.settle(settled)
			.then(this.wallet.spend(openids(settled, Settlement::spendsConsent)))
			.then(this.wallet.empty(openids(settled, Settlement::lacksConsent)))
			.as(this.transactions::inTransaction);
	}

	private static List<String> openids(List<Settlement> settled, Predicate<Settlement> which) {
		return settled.stream().filter(which).map((one) -> one.delivery().openid()).toList();
	}

	private static Mono<Void> rest(List<Settlement> settled) {
		return settled.stream().anyMatch(Settlement::held) ? Mono.delay(REST).then() : Mono.empty();
	}

	/**
	 * The night may begin in the middle of a batch, which takes long when WeChat is slow.
	 */
	private Mono<Settlement> send(LeasedDelivery delivery) {
		if (this.quietHours.contain(this.clock.instant())) {
			return Mono.just(Settlement.waiting(delivery));
		}
		return call(delivery).map((outcome) -> Settlement.of(delivery, outcome))
			.onErrorResume((error) -> Mono.just(Settlement.of(delivery, lost(delivery, error))));
	}

	private Mono<WechatOutcome<SubscriptionSent>> call(LeasedDelivery delivery) {
		return (delivery.channel() == Channel.SUBSCRIPTION_MESSAGE) ? sendByConsent(delivery)
				: sendToFollower(delivery);
	}

	private Mono<WechatOutcome<SubscriptionSent>> sendToFollower(LeasedDelivery delivery) {
		PushProperties.NoticeTemplate template = this.properties.notice();
		if (template == null) {
			return Mono.just(withoutTemplate());
		}
		return this.wechat
			.sendTemplate(new TemplateMessage(delivery.openid(), template.id(),
					this.publicBaseUrl.resolve(delivery.link()).toString(), delivery.clientMsgId(),
					values(delivery, template.topic(), template.time(), template.sender())))
			.map((outcome) -> outcome.map(SubscriptionSent::new));
	}

	private Mono<WechatOutcome<SubscriptionSent>> sendByConsent(LeasedDelivery delivery) {
		PushProperties.SubscriptionTemplate template = this.properties.subscription();
		if (template == null) {
			return Mono.just(withoutTemplate());
		}
		return this.wechat.sendSubscription(new SubscriptionMessage(delivery.openid(), template.id(),
				delivery.miniProgramPage(), values(delivery, template.topic(), template.time(), template.sender())));
	}

	private static WechatOutcome<SubscriptionSent> withoutTemplate() {
		return new WechatOutcome.Refused<>(WechatErrorClass.CONFIG, WechatOutcome.Refused.NOT_CALLED, "no template",
				"");
	}

	private static WechatOutcome<SubscriptionSent> lost(LeasedDelivery delivery, Throwable error) {
		log.warn("delivery {} was not answered", delivery.id(), error);
		return new WechatOutcome.Unknown<>(error.getClass().getSimpleName());
	}

	private Map<String, String> values(LeasedDelivery delivery, String topic, String time, @Nullable String sender) {
		Map<String, String> values = new HashMap<>();
		values.put(topic, delivery.topic());
		values.put(time, TIME.format(BusinessTime.now(this.clock)));
		if (sender != null) {
			values.put(sender, this.properties.sender());
		}
		return values;
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
