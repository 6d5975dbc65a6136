package cn.qingfeng.member.unit;

import java.util.Set;
import java.util.UUID;

import cn.qingfeng.contract.admin.UnitsApi;
import cn.qingfeng.contract.admin.model.LiaisonLeaderName;
import cn.qingfeng.contract.admin.model.Unit;
import cn.qingfeng.contract.admin.model.UnitKind;
import cn.qingfeng.contract.admin.model.UnitKindList;
import cn.qingfeng.contract.admin.model.UnitList;
import cn.qingfeng.member.SmallGroups;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.web.Versions;
import cn.qingfeng.staff.Role;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class UnitController implements UnitsApi {

	private static final Set<Role> LISTING_MEMBERS = Set.of(Role.UNIT_ADMIN, Role.ADMIN);

	private final Units units;

	private final UnitKeeping keeping;

	private final UnitRepository repository;

	UnitController(Units units, UnitKeeping keeping, UnitRepository repository) {
		this.units = units;
		this.keeping = keeping;
		this.repository = repository;
	}

	@Override
	public Mono<ResponseEntity<UnitList>> listUnits(Boolean closed, ServerWebExchange exchange) {
		return CurrentStaff.mono()
			.flatMap((staff) -> this.units.tree()
				.map((tree) -> tree.in(tree.scope(staff.units()))
					.stream()
					.filter((unit) -> closed || !unit.closed())
					.map((unit) -> viewOf(unit, staff))
					.toList()))
			.map((units) -> ResponseEntity.ok(new UnitList(units)));
	}

	@Override
	public Mono<ResponseEntity<UnitKindList>> listUnitKinds(ServerWebExchange exchange) {
		return this.repository.kinds()
			.map((kinds) -> kinds.stream().map((kind) -> new UnitKind(kind.key(), kind.name())).toList())
			.map((kinds) -> ResponseEntity.ok(new UnitKindList(kinds)));
	}

	@Override
	public Mono<ResponseEntity<Unit>> getUnit(UUID id, ServerWebExchange exchange) {
		return this.keeping.find(id).map((unit) -> answer(HttpStatus.OK, unit));
	}

	@Override
	public Mono<ResponseEntity<Unit>> createUnit(Mono<cn.qingfeng.contract.admin.model.UnitDraft> request,
			ServerWebExchange exchange) {
		return request.flatMap((typed) -> this.keeping.create(draft(typed)))
			.map((unit) -> answer(HttpStatus.CREATED, unit));
	}

	@Override
	public Mono<ResponseEntity<Unit>> updateUnit(UUID id, String ifMatch,
			Mono<cn.qingfeng.contract.admin.model.UnitDraft> request, ServerWebExchange exchange) {
		return request.flatMap((typed) -> this.keeping.change(id, draft(typed), Versions.of(ifMatch)))
			.map((unit) -> answer(HttpStatus.OK, unit));
	}

	@Override
	public Mono<ResponseEntity<Unit>> closeUnit(UUID id, String ifMatch, ServerWebExchange exchange) {
		return Mono.defer(() -> this.keeping.close(id, Versions.of(ifMatch)))
			.map((unit) -> answer(HttpStatus.OK, unit));
	}

	@Override
	public Mono<ResponseEntity<Unit>> reopenUnit(UUID id, String ifMatch, ServerWebExchange exchange) {
		return Mono.defer(() -> this.keeping.reopen(id, Versions.of(ifMatch)))
			.map((unit) -> answer(HttpStatus.OK, unit));
	}

	private static UnitDraft draft(cn.qingfeng.contract.admin.model.UnitDraft typed) {
		return new UnitDraft(typed.getName(), typed.getKind(), typed.getParentId(), typed.getOrder());
	}

	private static ResponseEntity<Unit> answer(HttpStatus status, UnitTree.Unit unit) {
		return ResponseEntity.status(status).eTag(Versions.etag(unit.version())).body(view(unit));
	}

	/** Who may list the members may count them. */
	private static Unit viewOf(UnitTree.Unit unit, CurrentStaff staff) {
		Unit view = view(unit);
		return LISTING_MEMBERS.stream().map(Role::name).anyMatch(staff::hasRole) ? view
				: view.members(SmallGroups.shown(unit.members()).map(Math::toIntExact).orElse(null));
	}

	private static Unit view(UnitTree.Unit unit) {
		return new Unit().id(unit.id())
			.key(unit.key())
			.name(unit.name())
			.kind(unit.kind())
			.parentId(unit.parentId())
			.order(unit.sortOrder())
			.members(unit.members())
			.closed(unit.closed())
			.liaisonLeader(leader(unit));
	}

	private static @Nullable LiaisonLeaderName leader(UnitTree.Unit unit) {
		return (unit.leaderId() != null && unit.leaderName() != null)
				? new LiaisonLeaderName(unit.leaderId(), unit.leaderName()) : null;
	}

}
