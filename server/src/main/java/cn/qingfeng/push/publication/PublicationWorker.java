package cn.qingfeng.push.publication;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.push.delivery.Drafting;
import cn.qingfeng.wechat.Acknowledged;
import cn.qingfeng.wechat.PublicationState;
import cn.qingfeng.wechat.Submission;
import cn.qingfeng.wechat.WechatArticles;
import cn.qingfeng.wechat.WechatErrorClass;
import cn.qingfeng.wechat.WechatGateway;
import cn.qingfeng.wechat.WechatOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Takes publications one remembered step further: cover, draft, submission, and back when
 * they are unwanted. WeChat has no id that makes a second submission harmless, so one
 * whose answer was lost is left to a person. The verdict comes as an event; WeChat is
 * asked for it sparingly.
 */
@Component
class PublicationWorker {

	private static final int MOST_ATTEMPTS = 8;

	/** The article is not there any more. */
	private static final int NO_SUCH_ARTICLE = 53600;

	private static final Duration UNTIL_A_PERSON_HELPS = Duration.ofHours(1);

	private static final Logger log = LoggerFactory.getLogger(PublicationWorker.class);

	private final PublicationStore store;

	private final Drafting drafting;

	private final WechatGateway wechat;

	private final WechatArticles articles;

	private final Transactions transactions;

	PublicationWorker(PublicationStore store, Drafting drafting, WechatGateway wechat, WechatArticles articles,
			Transactions transactions, BackgroundLoops loops) {
		this.store = store;
		this.drafting = drafting;
		this.wechat = wechat;
		this.articles = articles;
		this.transactions = transactions;
		loops.start("publication", Duration.ofSeconds(1), this::next);
	}

	private Mono<Boolean> next() {
		return this.store.lease().flatMap((step) -> take(step).thenReturn(true)).defaultIfEmpty(false);
	}

	private Mono<Void> take(PublicationStep step) {
		return switch (step.state()) {
			case SUBMITTING -> submit(step);
			case SUBMITTED -> poll(step);
			case PUBLISHED -> takeBack(step);
			case REFUSED, DOUBTFUL, WITHDRAWN -> Mono.empty();
		};
	}

	private Mono<Void> submit(PublicationStep step) {
		if (step.submitTried()) {
			return inDoubt(step);
		}
		if (step.unwanted()) {
			return this.store.end(step, StoredState.WITHDRAWN, null, Duration.ZERO);
		}
		return uploadCover(step).flatMap(this::addDraft)
			.flatMap((drafted) -> this.store.remember(drafted.tried(true)))
			.flatMap(this::handOver)
			.onErrorResume(StepFailed.class, (failed) -> failed(step, failed));
	}

	private Mono<PublicationStep> uploadCover(PublicationStep step) {
		return (step.coverMediaId() != null) ? Mono.just(step) : made(this.drafting.uploadCover(), step::withCover);
	}

	private Mono<PublicationStep> addDraft(PublicationStep step) {
		return (step.draftMediaId() != null) ? Mono.just(step)
				: made(this.drafting.addDraft(List.of(step.article()), Objects.requireNonNull(step.coverMediaId())),
						step::withDraft);
	}

	private Mono<PublicationStep> made(Mono<WechatOutcome<String>> call, Function<String, PublicationStep> progress) {
		return call.flatMap((outcome) -> switch (outcome) {
			case WechatOutcome.Done<String> done -> this.store.remember(progress.apply(done.value()));
			case WechatOutcome.Refused<String> refused -> Mono.error(new StepFailed(refused));
			case WechatOutcome.Unknown<String> unknown -> Mono.error(new StepFailed(unknown));
		});
	}

	private Mono<Void> handOver(PublicationStep step) {
		return this.wechat.publishDraft(Objects.requireNonNull(step.draftMediaId()))
			.flatMap((outcome) -> switch (outcome) {
				case WechatOutcome.Done<Submission> done -> submitted(step, done.value());
				case WechatOutcome.Refused<Submission> refused -> refused(step, refused);
				case WechatOutcome.Unknown<Submission> unknown -> inDoubt(step);
			});
	}

	private Mono<Void> submitted(PublicationStep step, Submission submission) {
		log.info("article {} was taken by WeChat as publication {}", step.subject(), submission.publishId());
		return this.store.submitted(step, submission.publishId()).as(this.transactions::inTransaction);
	}

	private Mono<Void> refused(PublicationStep step, WechatOutcome.Refused<?> refused) {
		return switch (refused.errorClass()) {
			case RETRY -> inDoubt(step);
			case TOKEN, QUOTA_MIN -> again(step, refused.message());
			case QUOTA_DAY -> this.store.end(step, step.state(), "今日发布额度已用完，明天自动再试（微信错误码 " + refused.code() + "）",
					UNTIL_A_PERSON_HELPS);
			default -> this.store.end(step, StoredState.REFUSED,
					"微信拒绝发布（错误码 " + refused.code() + "）：" + refused.message(), Duration.ZERO);
		};
	}

	private Mono<Void> failed(PublicationStep step, StepFailed failed) {
		return switch (failed.outcome()) {
			case WechatOutcome.Refused<?> refused when refused.errorClass() != WechatErrorClass.RETRY ->
				refused(step, refused);
			default -> again(step, failed.outcome().toString());
		};
	}

	private Mono<Void> inDoubt(PublicationStep step) {
		log.warn("nobody knows whether article {} was published", step.subject());
		return this.store.end(step, StoredState.DOUBTFUL, "提交结果不明，请到公众平台核对后再决定是否重新发布", Duration.ZERO);
	}

	private Mono<Void> again(PublicationStep step, String reason) {
		log.warn("publication of article {} did not get through: {}", step.subject(), reason);
		return (step.attempts() % MOST_ATTEMPTS != 0)
				? this.store.end(step, step.state(), null, Duration.ofSeconds(1L << (step.attempts() % MOST_ATTEMPTS)))
				: this.store.end(step, StoredState.REFUSED, "多次尝试发布未成功", Duration.ZERO);
	}

	private Mono<Void> poll(PublicationStep step) {
		if (step.hasWaitedLongEnough()) {
			return this.store.end(step, StoredState.DOUBTFUL, "微信一天内没有回执，请到公众平台核对", Duration.ZERO);
		}
		String publishId = Objects.requireNonNull(step.publishId());
		return this.articles.publication(publishId)
			.flatMap((outcome) -> (outcome instanceof WechatOutcome.Done<PublicationState> done)
					? settled(publishId, done.value()) : Mono.just(false))
			.filter((settled) -> !settled)
			.flatMap((waiting) -> this.store.end(step, step.state(), null, step.pauseBeforePoll()));
	}

	private Mono<Boolean> settled(String publishId, PublicationState state) {
		Verdict verdict = new Verdict(state.status(), state.articleId(), state.urls());
		return verdict.isFinal() ? this.store.settle(publishId, verdict).thenReturn(true) : Mono.just(false);
	}

	private Mono<Void> takeBack(PublicationStep step) {
		return this.articles.takeBack(Objects.requireNonNull(step.articleId()), 0)
			.flatMap((outcome) -> switch (outcome) {
				case WechatOutcome.Done<Acknowledged> done -> withdrawn(step);
				case WechatOutcome.Refused<Acknowledged> refused -> notTakenBack(step, refused);
				case WechatOutcome.Unknown<Acknowledged> unknown ->
					this.store.end(step, step.state(), "删除结果不明，稍后自动再试", Duration.ofMinutes(1));
			});
	}

	private Mono<Void> notTakenBack(PublicationStep step, WechatOutcome.Refused<?> refused) {
		return (refused.code() == NO_SUCH_ARTICLE) ? withdrawn(step) : this.store.end(step, step.state(),
				"微信拒绝删除（错误码 " + refused.code() + "），稍后自动再试；急用请到公众平台删除", UNTIL_A_PERSON_HELPS);
	}

	private Mono<Void> withdrawn(PublicationStep step) {
		log.info("article {} was taken back from WeChat", step.subject());
		return this.store.end(step, StoredState.WITHDRAWN, null, Duration.ZERO);
	}

	/**
	 * A step before the submission did not succeed.
	 */
	private static final class StepFailed extends RuntimeException {

		private static final long serialVersionUID = 1;

		private final transient WechatOutcome<?> outcome;

		StepFailed(WechatOutcome<?> outcome) {
			this.outcome = outcome;
		}

		WechatOutcome<?> outcome() {
			return this.outcome;
		}

	}

}
