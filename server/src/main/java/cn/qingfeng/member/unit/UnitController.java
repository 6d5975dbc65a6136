package cn.qingfeng.member.unit;

import cn.qingfeng.contract.admin.UnitsApi;
import cn.qingfeng.contract.admin.model.Unit;
import cn.qingfeng.contract.admin.model.UnitList;
import cn.qingfeng.platform.security.CurrentStaff;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class UnitController implements UnitsApi {

	private final Units units;

	UnitController(Units units) {
		this.units = units;
	}

	@Override
	public Mono<ResponseEntity<UnitList>> listUnits(ServerWebExchange exchange) {
		return CurrentStaff.mono()
			.flatMap((staff) -> this.units.tree().map((tree) -> tree.in(tree.scope(staff.units()))))
			.map((units) -> new UnitList(units.stream().map(UnitController::view).toList()))
			.map(ResponseEntity::ok);
	}

	private static Unit view(UnitTree.Unit unit) {
		return new Unit().id(unit.id())
			.key(unit.key())
			.name(unit.name())
			.kind(unit.kind())
			.parentId(unit.parentId())
			.members(unit.members());
	}

}
