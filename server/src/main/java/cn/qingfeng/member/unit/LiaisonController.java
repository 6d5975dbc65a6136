package cn.qingfeng.member.unit;

import java.util.Set;
import java.util.UUID;

import cn.qingfeng.contract.admin.LiaisonApi;
import cn.qingfeng.contract.admin.model.LiaisonLeaderDraft;
import cn.qingfeng.contract.admin.model.LiaisonLeaderList;
import cn.qingfeng.contract.admin.model.UnitName;
import cn.qingfeng.member.unit.LiaisonKeeping.WithUnits;
import cn.qingfeng.platform.web.Versions;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class LiaisonController implements LiaisonApi {

	private final LiaisonKeeping keeping;

	LiaisonController(LiaisonKeeping keeping) {
		this.keeping = keeping;
	}

	@Override
	public Mono<ResponseEntity<LiaisonLeaderList>> listLiaisonLeaders(ServerWebExchange exchange) {
		return this.keeping.list()
			.map((leaders) -> leaders.stream().map(LiaisonController::view).toList())
			.map((leaders) -> ResponseEntity.ok(new LiaisonLeaderList(leaders)));
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.LiaisonLeader>> createLiaisonLeader(
			Mono<LiaisonLeaderDraft> request, ServerWebExchange exchange) {
		return request.flatMap((typed) -> this.keeping.create(draft(typed)))
			.map((leader) -> answer(HttpStatus.CREATED, leader));
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.LiaisonLeader>> updateLiaisonLeader(UUID id,
			String ifMatch, Mono<LiaisonLeaderDraft> request, ServerWebExchange exchange) {
		return request.flatMap((typed) -> this.keeping.change(id, draft(typed), Versions.of(ifMatch)))
			.map((leader) -> answer(HttpStatus.OK, leader));
	}

	@Override
	public Mono<ResponseEntity<Void>> deleteLiaisonLeader(UUID id, String ifMatch, ServerWebExchange exchange) {
		return Mono.defer(() -> this.keeping.delete(id, Versions.of(ifMatch)))
			.thenReturn(ResponseEntity.noContent().build());
	}

	private static LiaisonKeeping.Draft draft(LiaisonLeaderDraft typed) {
		return new LiaisonKeeping.Draft(typed.getName(), typed.getTitle(), typed.getOrder(),
				Set.copyOf(typed.getUnitIds()));
	}

	private static ResponseEntity<cn.qingfeng.contract.admin.model.LiaisonLeader> answer(HttpStatus status,
			WithUnits leader) {
		return ResponseEntity.status(status).eTag(Versions.etag(leader.leader().version())).body(view(leader));
	}

	private static cn.qingfeng.contract.admin.model.LiaisonLeader view(WithUnits leader) {
		return new cn.qingfeng.contract.admin.model.LiaisonLeader().id(leader.leader().id())
			.name(leader.leader().name())
			.title(leader.leader().title())
			.order(leader.leader().sortOrder())
			.version(leader.leader().version())
			.units(leader.units().stream().map((unit) -> new UnitName(unit.id(), unit.name())).toList());
	}

}
