package cn.qingfeng.push.delivery;

import java.util.List;
import java.util.UUID;

import cn.qingfeng.contract.admin.DeliveriesApi;
import cn.qingfeng.contract.admin.model.DeliveryPage;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.push.campaign.CampaignStore;
import cn.qingfeng.push.campaign.DeliveryReaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class DeliveryController implements DeliveriesApi {

	private final CampaignStore campaigns;

	private final Ledger ledger;

	private final DeliveryMapper mapper;

	DeliveryController(CampaignStore campaigns, Ledger ledger, DeliveryMapper mapper) {
		this.campaigns = campaigns;
		this.ledger = ledger;
		this.mapper = mapper;
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Ledger>> getLedger(UUID id, String group,
			ServerWebExchange exchange) {
		LedgerGrouping grouping = LedgerGrouping.of(group);
		return existing(id).flatMap((campaign) -> this.ledger.counts(campaign, grouping))
			.flatMap((counted) -> CurrentStaff.mono().map((staff) -> view(id, counted, staff)))
			.map(this.mapper::toContract)
			.map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<DeliveryPage>> listDeliveries(UUID id,
			cn.qingfeng.contract.admin.model.@Nullable DeliveryState state, Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		int size = Page.limit(limit);
		Cursor after = Cursor.decode(cursor, UUID.class).orElse(null);
		DeliveryState wanted = (state != null) ? this.mapper.toDomain(state) : null;
		return existing(id).flatMap((campaign) -> this.ledger.deliveries(campaign, wanted, after, size + 1))
			.map((rows) -> Page.of(rows, size, (row) -> Cursor.encode(row.id())))
			.map(this.mapper::toContract)
			.map(ResponseEntity::ok);
	}

	private Mono<UUID> existing(UUID id) {
		return this.campaigns.find(id).switchIfEmpty(Mono.error(() -> new NotFoundProblem())).thenReturn(id);
	}

	private static LedgerView view(UUID campaign, List<LedgerView.Counted> counted, CurrentStaff staff) {
		return DeliveryReaders.include(staff) ? LedgerView.of(campaign, counted)
				: LedgerView.withoutSmallGroups(campaign, counted);
	}

}
