package cn.qingfeng.push.publication;

import cn.qingfeng.platform.outbox.OutboxHandler;
import cn.qingfeng.wechat.WechatEvent.PublicationFinished;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Settles publications by WeChat's events. The event is kept even when the publication
 * does not know its id yet: whoever commits second joins the two.
 */
@Component
class PublicationReceipts implements OutboxHandler<PublicationFinished> {

	private final PublicationStore store;

	PublicationReceipts(PublicationStore store) {
		this.store = store;
	}

	@Override
	public Class<PublicationFinished> type() {
		return PublicationFinished.class;
	}

	@Override
	public Mono<Void> handle(PublicationFinished event) {
		Verdict verdict = new Verdict(event.status(), event.articleId(), event.urls());
		return this.store.keep(event.publishId(), verdict).then(this.store.settle(event.publishId(), verdict)).then();
	}

	@Override
	public String name() {
		return "push.publication-receipts";
	}

}
