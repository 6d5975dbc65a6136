package cn.qingfeng.push.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.push.CampaignMessage;
import cn.qingfeng.push.campaign.Campaign;
import cn.qingfeng.push.campaign.CampaignState;
import cn.qingfeng.push.campaign.CampaignStore;
import cn.qingfeng.wechat.WechatGateway;
import cn.qingfeng.wechat.WechatOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Sends articles to all followers in three remembered steps: cover, draft, mass send. The
 * last carries {@code clientmsgid}, so that a try whose answer was lost can be repeated:
 * WeChat then answers with the send that it knows (45065).
 */
@Component
class MassSender {

	private static final int MOST_ATTEMPTS = 8;

	/** Until the next look while WeChat cannot be called at all, however long. */
	private static final Duration AWAY = Duration.ofSeconds(15);

	private static final Logger log = LoggerFactory.getLogger(MassSender.class);

	private final MassSendStore store;

	private final CampaignStore campaigns;

	private final DeliveryStore deliveries;

	private final WechatGateway wechat;

	private final Transactions transactions;

	private final Drafting drafting;

	MassSender(MassSendStore store, CampaignStore campaigns, DeliveryStore deliveries, WechatGateway wechat,
			Transactions transactions, Drafting drafting, BackgroundLoops loops) {
		this.store = store;
		this.campaigns = campaigns;
		this.deliveries = deliveries;
		this.wechat = wechat;
		this.transactions = transactions;
		this.drafting = drafting;
		loops.start("mass-send", Duration.ofSeconds(1), this::sendNext);
	}

	private Mono<Boolean> sendNext() {
		return this.store.lease()
			.flatMap((sending) -> this.campaigns.find(sending.campaignId())
				.flatMap((campaign) -> send(sending, campaign))
				.thenReturn(true))
			.defaultIfEmpty(false);
	}

	private Mono<Void> send(MassSending sending, Campaign campaign) {
		return uploadCover(sending).flatMap((progress) -> addDraft(progress, campaign))
			.flatMap(this::sendToAll)
			.flatMap(this::accepted)
			.onErrorResume(StepRefused.class, (refused) -> refused(sending, refused))
			.onErrorResume((error) -> again(sending, error.toString()));
	}

	private Mono<MassSending> uploadCover(MassSending sending) {
		if (sending.coverMediaId() != null) {
			return Mono.just(sending);
		}
		return step(this.drafting.uploadCover(),
				(mediaId) -> new MassSending(sending.campaignId(), mediaId, null, null, sending.attempts()));
	}

	private Mono<MassSending> addDraft(MassSending sending, Campaign campaign) {
		if (sending.draftMediaId() != null) {
			return Mono.just(sending);
		}
		return step(this.drafting.addDraft(articles(campaign), Objects.requireNonNull(sending.coverMediaId())),
				(mediaId) -> new MassSending(sending.campaignId(), sending.coverMediaId(), mediaId, null,
						sending.attempts()));
	}

	private Mono<MassSending> sendToAll(MassSending sending) {
		if (sending.msgId() != null) {
			return Mono.just(sending);
		}
		return step(this.wechat.massSendToAll(Objects.requireNonNull(sending.draftMediaId()), sending.clientMsgId()),
				(sent) -> new MassSending(sending.campaignId(), sending.coverMediaId(), sending.draftMediaId(),
						sent.msgId(), sending.attempts()));
	}

	private <T> Mono<MassSending> step(Mono<WechatOutcome<T>> call, Function<T, MassSending> progress) {
		return call.flatMap((outcome) -> switch (outcome) {
			case WechatOutcome.Done<T> done -> this.store.remember(progress.apply(done.value()));
			case WechatOutcome.Refused<T> refused -> Mono.error(new StepRefused(refused));
			case WechatOutcome.Unknown<T> unknown -> Mono.error(new IllegalStateException(unknown.reason()));
		});
	}

	private Mono<Void> accepted(MassSending sending) {
		log.info("campaign {} was taken by WeChat as mass send {}", sending.campaignId(), sending.msgId());
		return this.deliveries.settleMass(sending.campaignId(), DeliveryState.PLANNED, DeliveryState.ACCEPTED, null)
			.then(this.store.finish(sending.campaignId()))
			.as(this.transactions::inTransaction);
	}

	private Mono<Void> refused(MassSending sending, StepRefused refused) {
		if (refused.outcome().isAway()) {
			return this.store.retryAfter(sending, AWAY);
		}
		return switch (refused.outcome().errorClass()) {
			case RETRY, TOKEN, QUOTA_MIN -> again(sending, refused.toString());
			case QUOTA_DAY -> pause(sending.campaignId(), "群发额度已用完（微信错误码 " + refused.outcome().code() + "）")
				.then(this.store.retryAfter(sending, Duration.ofMinutes(1)));
			default -> pause(sending.campaignId(),
					"微信拒绝群发（错误码 " + refused.outcome().code() + "）：" + refused.outcome().message())
				.then(this.store.retryAfter(sending, Duration.ofMinutes(1)));
		};
	}

	private Mono<Void> again(MassSending sending, String reason) {
		log.warn("mass send of campaign {} did not get through: {}", sending.campaignId(), reason);
		if (sending.attempts() < MOST_ATTEMPTS) {
			return this.store.retryAfter(sending, Duration.ofSeconds(1L << Math.min(sending.attempts(), 6)));
		}
		return pause(sending.campaignId(), "多次尝试群发未成功").then(this.store.retryAfter(sending, Duration.ofMinutes(1)));
	}

	private Mono<Boolean> pause(UUID campaign, String reason) {
		return this.campaigns.move(campaign, CampaignState.SENDING, CampaignState.PAUSED, reason);
	}

	private static List<CampaignMessage.ArticleCard> articles(Campaign campaign) {
		if (!(campaign.message() instanceof CampaignMessage.MassArticles(List<CampaignMessage.ArticleCard> articles))) {
			throw new IllegalStateException("campaign %s has no articles".formatted(campaign.id()));
		}
		return articles;
	}

	/**
	 * WeChat refused a step.
	 */
	private static final class StepRefused extends RuntimeException {

		private static final long serialVersionUID = 1;

		private final transient WechatOutcome.Refused<?> outcome;

		StepRefused(WechatOutcome.Refused<?> outcome) {
			super("%s %s %s".formatted(outcome.code(), outcome.message(), outcome.rid()));
			this.outcome = outcome;
		}

		WechatOutcome.Refused<?> outcome() {
			return this.outcome;
		}

	}

}
