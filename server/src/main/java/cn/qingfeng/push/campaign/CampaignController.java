package cn.qingfeng.push.campaign;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import cn.qingfeng.contract.admin.CampaignsApi;
import cn.qingfeng.contract.admin.model.CampaignPage;
import cn.qingfeng.contract.admin.model.Plan;
import cn.qingfeng.platform.idempotency.Idempotency;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.security.CurrentStaff;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class CampaignController implements CampaignsApi {

	private final CampaignStore campaigns;

	private final CampaignDecisions decisions;

	private final ReachPlanner planner;

	private final CampaignView.Reader views;

	private final CampaignMapper mapper;

	private final Idempotency idempotency;

	CampaignController(CampaignStore campaigns, CampaignDecisions decisions, ReachPlanner planner,
			CampaignView.Reader views, CampaignMapper mapper, Idempotency idempotency) {
		this.campaigns = campaigns;
		this.decisions = decisions;
		this.planner = planner;
		this.views = views;
		this.mapper = mapper;
		this.idempotency = idempotency;
	}

	@Override
	public Mono<ResponseEntity<CampaignPage>> listCampaigns(Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		int size = Page.limit(limit);
		return this.campaigns.newest(Cursor.decode(cursor, Instant.class, UUID.class).orElse(null), size + 1)
			.flatMap(this.views::complete)
			.flatMap(CampaignController::shown)
			.map((rows) -> Page.of(rows, size, (row) -> Cursor.encode(row.campaign().createdAt(), row.campaign().id())))
			.map(this.mapper::toContract)
			.map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Campaign>> getCampaign(UUID id,
			ServerWebExchange exchange) {
		return existing(id).flatMap(this.views::complete)
			.flatMap((view) -> shown(List.of(view)))
			.map((views) -> this.mapper.toContract(views.getFirst()))
			.map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<Plan>> planCampaign(UUID id, ServerWebExchange exchange) {
		return existing(id).flatMap(this.planner::plan).map(this.mapper::toContract).map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Campaign>> approveCampaign(UUID id,
			ServerWebExchange exchange) {
		return once(exchange, id, this.decisions::approve);
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Campaign>> pauseCampaign(UUID id,
			ServerWebExchange exchange) {
		return once(exchange, id, this.decisions::pause);
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Campaign>> resumeCampaign(UUID id,
			ServerWebExchange exchange) {
		return once(exchange, id, this.decisions::resume);
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Campaign>> cancelCampaign(UUID id,
			ServerWebExchange exchange) {
		return once(exchange, id, this.decisions::cancel);
	}

	private Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Campaign>> once(ServerWebExchange exchange, UUID id,
			Function<UUID, Mono<Campaign>> decision) {
		return this.idempotency.once(exchange, id, cn.qingfeng.contract.admin.model.Campaign.class,
				answer(Mono.defer(() -> decision.apply(id))));
	}

	private Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Campaign>> answer(Mono<Campaign> campaign) {
		return campaign.flatMap(this.views::complete).map(this.mapper::toContract).map(ResponseEntity::ok);
	}

	private static Mono<List<CampaignView>> shown(List<CampaignView> views) {
		return CurrentStaff.mono().map((staff) -> views.stream().map((view) -> view.shownTo(staff)).toList());
	}

	private Mono<Campaign> existing(UUID id) {
		return this.campaigns.find(id).switchIfEmpty(Mono.error(() -> new NotFoundProblem()));
	}

}
