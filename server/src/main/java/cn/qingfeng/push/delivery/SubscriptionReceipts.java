package cn.qingfeng.push.delivery;

import java.util.List;

import cn.qingfeng.platform.outbox.OutboxHandler;
import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatEvent.SubscriptionMessageSent;
import cn.qingfeng.wechat.WechatEvent.SubscriptionReceipt;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Settles subscription messages by WeChat's receipts. A receipt is kept as those of
 * notices are; when WeChat did not tell the id of the message, it settles the oldest one
 * to the same person that waits.
 */
@Component
class SubscriptionReceipts implements OutboxHandler<SubscriptionMessageSent> {

	private final DatabaseClient database;

	private final DeliveryStore deliveries;

	SubscriptionReceipts(DatabaseClient database, DeliveryStore deliveries) {
		this.database = database;
		this.deliveries = deliveries;
	}

	@Override
	public Class<SubscriptionMessageSent> type() {
		return SubscriptionMessageSent.class;
	}

	@Override
	public Mono<Void> handle(SubscriptionMessageSent event) {
		if (event.account() != WechatAccount.MINI_PROGRAM) {
			return Mono.empty();
		}
		return keep(event.receipts()).thenMany(Flux.fromIterable(event.receipts()))
			.concatMap((receipt) -> settle(event.openid(), receipt))
			.then();
	}

	private Mono<Long> keep(List<SubscriptionReceipt> receipts) {
		return this.database.sql("""
				INSERT INTO receipt (msg_id, state)
				SELECT * FROM unnest(:msgIds::text[], :states::text[]) ON CONFLICT (msg_id) DO NOTHING
				""")
			.bind("msgIds", receipts.stream().map(SubscriptionReceipt::msgId).toArray(String[]::new))
			.bind("states", receipts.stream().map((receipt) -> state(receipt).name()).toArray(String[]::new))
			.fetch()
			.rowsUpdated();
	}

	private Mono<Long> settle(String openid, SubscriptionReceipt receipt) {
		return this.deliveries.joinReceipts(new String[] { receipt.msgId() })
			.filter((joined) -> joined > 0)
			.switchIfEmpty(Mono.defer(() -> this.deliveries.settleUnnamed(openid, state(receipt), reason(receipt))));
	}

	private static DeliveryState state(SubscriptionReceipt receipt) {
		return (receipt.errorCode() == 0) ? DeliveryState.DELIVERED : DeliveryState.FAILED;
	}

	private static @Nullable String reason(SubscriptionReceipt receipt) {
		return (receipt.errorCode() == 0) ? null : "微信未能送达";
	}

}
