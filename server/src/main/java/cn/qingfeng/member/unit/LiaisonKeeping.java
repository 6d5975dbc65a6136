package cn.qingfeng.member.unit;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.problem.ForbiddenProblem;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.StaleVersionProblem;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.staff.Audit;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Keeps the liaison leaders and which organisations each looks after. A unit has at most
 * one.
 */
@Service
class LiaisonKeeping {

	private final LiaisonRepository leaders;

	private final Units units;

	private final Audit audit;

	private final Transactions transactions;

	private final IdGenerator ids;

	LiaisonKeeping(LiaisonRepository leaders, Units units, Audit audit, Transactions transactions, IdGenerator ids) {
		this.leaders = leaders;
		this.units = units;
		this.audit = audit;
		this.transactions = transactions;
		this.ids = ids;
	}

	/** With those of the caller's units that they look after. */
	Mono<List<WithUnits>> list() {
		return CurrentStaff.mono()
			.zipWith(this.units.tree())
			.map((who) -> who.getT2().in(who.getT2().scope(who.getT1().units())))
			.flatMap((own) -> this.leaders.list()
				.map((leaders) -> leaders.stream().map((leader) -> WithUnits.of(leader, own)).toList()));
	}

	Mono<WithUnits> create(Draft draft) {
		UUID id = this.ids.next();
		return saved(id, draft, "liaison.create", this.leaders.lock(id).then());
	}

	Mono<WithUnits> change(UUID id, Draft draft, long version) {
		return saved(id, draft, "liaison.change", requireVersion(id, version));
	}

	Mono<Void> delete(UUID id, long version) {
		Mono<Void> deleting = requireVersion(id, version).then(Mono.defer(() -> this.leaders.delete(id)))
			.then(Mono.defer(() -> this.audit.record("liaison.delete", id.toString())));
		return keeper().then(this.transactions.inTransaction(deleting));
	}

	private Mono<WithUnits> saved(UUID id, Draft draft, String action, Mono<Void> first) {
		Mono<Void> saving = first.then(Mono.defer(this.units::tree))
			.doOnNext(draft::require)
			.flatMap((tree) -> this.leaders.save(id, draft)
				.then(Mono.defer(() -> this.leaders.assign(id, draft.unitIds(), tree.scope(Set.of())))))
			.then(Mono.defer(() -> this.audit.record(action, id.toString(), draft.unitIds().toString())));
		return keeper().then(this.transactions.inTransaction(saving))
			.then(Mono.defer(this::list))
			.mapNotNull((all) -> all.stream().filter((each) -> each.leader().id().equals(id)).findFirst().orElse(null));
	}

	/** Liaison leaders are the whole city's. */
	private static Mono<CurrentStaff> keeper() {
		return CurrentStaff.mono()
			.flatMap((staff) -> staff.units().isEmpty() ? Mono.just(staff) : Mono.error(new ForbiddenProblem()));
	}

	private Mono<Void> requireVersion(UUID id, long version) {
		return this.leaders.lock(id)
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.filter((leader) -> leader.version() == version)
			.switchIfEmpty(Mono.error(StaleVersionProblem::new))
			.then();
	}

	/**
	 * A leader as somebody wants it.
	 *
	 * @param name of the person
	 * @param title the office
	 * @param order place among the leaders
	 * @param unitIds which units the leader looks after
	 */
	record Draft(String name, String title, int order, Set<UUID> unitIds) {

		Draft {
			name = name.strip();
			title = title.strip();
			unitIds = Set.copyOf(unitIds);
		}

		void require(UnitTree tree) {
			new Violations().require(!this.name.isEmpty(), "name", "请填写姓名")
				.require(!this.title.isEmpty(), "title", "请填写职务")
				.require(tree.scope(Set.of()).containsAll(this.unitIds), "unitIds", "有的单位不存在")
				.throwIfAny();
		}

		@Override
		public String toString() {
			return "Draft[***]";
		}

	}

	/**
	 * A leader and the units that the one who asks may see.
	 *
	 * @param leader who
	 * @param units looked after
	 */
	record WithUnits(LiaisonLeader leader, List<UnitTree.Unit> units) {

		static WithUnits of(LiaisonLeader leader, List<UnitTree.Unit> units) {
			return new WithUnits(leader, units.stream().filter((unit) -> leader.id().equals(unit.leaderId())).toList());
		}

	}

}
