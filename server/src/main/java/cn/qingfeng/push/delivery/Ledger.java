package cn.qingfeng.push.delivery;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.member.MemberName;
import cn.qingfeng.member.Members;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.push.campaign.Channel;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * What became of every delivery of a campaign.
 */
@Component
class Ledger {

	private static final String GONE = "（已离开）";

	private static final String ROWS = """
			SELECT id, member_id, channel, state, reason, updated_at FROM delivery WHERE campaign_id = :campaign
			""";

	private final DatabaseClient database;

	private final Members members;

	Ledger(DatabaseClient database, Members members) {
		this.database = database;
		this.members = members;
	}

	/** The largest group first. */
	Mono<List<LedgerView.Counted>> counts(UUID campaign, LedgerGrouping grouping) {
		return this.database.sql("""
				SELECT lower(replace(%s, '_', '-')) AS key, count(*)::int AS count FROM delivery
				WHERE campaign_id = :campaign GROUP BY 1 ORDER BY 2 DESC, 1
				""".formatted(grouping.column()))
			.bind("campaign", campaign)
			.mapProperties(LedgerView.Counted.class)
			.all()
			.collectList();
	}

	/**
	 * Deliveries in the order of their ids, one more than the limit when there are more.
	 */
	Mono<List<DeliveryView>> deliveries(UUID campaign, @Nullable DeliveryState state, @Nullable Cursor after,
			int limit) {
		String where = ((state != null) ? "AND state = :state " : "") + ((after != null) ? "AND id > :after " : "");
		DatabaseClient.GenericExecuteSpec select = this.database.sql(ROWS + where + "ORDER BY id LIMIT :limit")
			.bind("campaign", campaign)
			.bind("limit", limit);
		select = (state != null) ? select.bind("state", state.name()) : select;
		select = (after != null) ? select.bind("after", after.get(0, UUID.class)) : select;
		return select.mapProperties(DeliveryRow.class).all().collectList().flatMap(this::withNames);
	}

	private Mono<List<DeliveryView>> withNames(List<DeliveryRow> rows) {
		return this.members.names(rows.stream().map(DeliveryRow::memberId).toList())
			.map((names) -> rows.stream().map((row) -> view(row, names.get(row.memberId()))).toList());
	}

	private static DeliveryView view(DeliveryRow row, @Nullable MemberName name) {
		return new DeliveryView(row.id(), (name != null) ? name.name() : GONE, (name != null) ? name.unitName() : null,
				row.channel(), row.state(), row.reason(), row.updatedAt());
	}

	record DeliveryRow(UUID id, UUID memberId, Channel channel, DeliveryState state, @Nullable String reason,
			Instant updatedAt) {

	}

}
