package cn.qingfeng.push.delivery;

import cn.qingfeng.platform.outbox.OutboxHandler;
import cn.qingfeng.wechat.WechatEvent.TemplateMessageFinished;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Settles notices by WeChat's receipts. The receipt is kept even when the delivery does
 * not know its message id yet; whoever commits second joins the two.
 */
@Component
class NoticeReceipts implements OutboxHandler<TemplateMessageFinished> {

	private final DatabaseClient database;

	private final DeliveryStore deliveries;

	NoticeReceipts(DatabaseClient database, DeliveryStore deliveries) {
		this.database = database;
		this.deliveries = deliveries;
	}

	@Override
	public Class<TemplateMessageFinished> type() {
		return TemplateMessageFinished.class;
	}

	@Override
	public Mono<Void> handle(TemplateMessageFinished event) {
		return keep(event).then(this.deliveries.joinReceipts(new String[] { event.msgId() })).then();
	}

	private Mono<Long> keep(TemplateMessageFinished event) {
		return this.database
			.sql("INSERT INTO receipt (msg_id, state) VALUES (:msgId, :state) ON CONFLICT (msg_id) DO NOTHING")
			.bind("msgId", event.msgId())
			.bind("state", event.status().name())
			.fetch()
			.rowsUpdated();
	}

}
