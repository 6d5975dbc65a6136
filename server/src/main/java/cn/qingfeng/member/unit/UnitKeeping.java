package cn.qingfeng.member.unit;

import java.time.Clock;
import java.util.UUID;
import java.util.function.BiFunction;

import cn.qingfeng.member.unit.UnitTree.Unit;
import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.problem.ConflictProblem;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.StaleVersionProblem;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.staff.Audit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Keeps the tree of units. Whoever is limited to some units keeps those and what is below
 * them. One change at a time, so that two moves cannot make a circle together.
 */
@Service
class UnitKeeping {

	private final Units units;

	private final UnitRepository repository;

	private final Audit audit;

	private final Transactions transactions;

	private final IdGenerator ids;

	private final Clock clock;

	UnitKeeping(Units units, UnitRepository repository, Audit audit, Transactions transactions, IdGenerator ids,
			Clock clock) {
		this.units = units;
		this.repository = repository;
		this.audit = audit;
		this.transactions = transactions;
		this.ids = ids;
		this.clock = clock;
	}

	/** A unit of the caller's. */
	Mono<Unit> find(UUID id) {
		return CurrentStaff.mono().flatMap((staff) -> this.units.tree().map((tree) -> own(tree, staff, id)));
	}

	Mono<Unit> create(UnitDraft draft) {
		UUID id = this.ids.next();
		return changed(id,
				(staff, tree) -> require(draft, tree, staff, null)
					.then(Mono.defer(() -> this.repository.insert(id, draft)))
					.then(Mono.defer(() -> this.audit.record("unit.create", id.toString(), draft.name()))));
	}

	/** Renames or moves it. */
	Mono<Unit> change(UUID id, UnitDraft draft, long version) {
		return changed(id, (staff, tree) -> {
			Unit current = of(version, own(tree, staff, id));
			return current.closed() ? Mono.error(new UnitClosedProblem()) : require(draft, tree, staff, current)
				.then(Mono.defer(() -> this.repository.update(id, draft)))
				.then(Mono.defer(() -> this.audit.record("unit.change", id.toString(),
						"name %s, kind %s, parent %s".formatted(draft.name(), draft.kind(), draft.parentId()))));
		});
	}

	/** Asking for what is so already changes nothing. */
	Mono<Unit> close(UUID id, long version) {
		return changed(id, (staff, tree) -> {
			Unit current = of(version, own(tree, staff, id));
			if (current.members() > 0 || tree.hasOpenUnitsBelow(id)) {
				return Mono.error(new UnitInUseProblem());
			}
			return current.closed() ? Mono.empty() : this.repository.close(id, this.clock.instant())
				.then(Mono.defer(() -> this.audit.record("unit.close", id.toString())));
		});
	}

	Mono<Unit> reopen(UUID id, long version) {
		return changed(id, (staff, tree) -> {
			Unit current = of(version, own(tree, staff, id));
			UUID parentId = current.parentId();
			if (parentId != null && !tree.isOpen(parentId) || tree.isCalled(current.name(), current)) {
				return Mono.error(new ConflictProblem());
			}
			return !current.closed() ? Mono.empty() : this.repository.reopen(id)
				.then(Mono.defer(() -> this.audit.record("unit.reopen", id.toString())));
		});
	}

	private Mono<Void> require(UnitDraft draft, UnitTree tree, CurrentStaff staff, @Nullable Unit current) {
		return this.repository.kindKeys().doOnNext((kinds) -> draft.require(tree, staff, current, kinds)).then();
	}

	/** The row is locked before the tree is read: nobody comes into it meanwhile. */
	private Mono<Unit> changed(UUID id, BiFunction<CurrentStaff, UnitTree, Mono<Void>> change) {
		Mono<Void> changing = this.repository.lock(id)
			.then(Mono.defer(this.units::tree))
			.zipWith(CurrentStaff.mono())
			.flatMap((found) -> change.apply(found.getT2(), found.getT1()));
		return this.transactions.inTransaction(changing).then(Mono.defer(() -> find(id)));
	}

	private static Unit own(UnitTree tree, CurrentStaff staff, UUID id) {
		return tree.find(id).filter((unit) -> tree.scope(staff.units()).contains(id)).orElseThrow(NotFoundProblem::new);
	}

	private static Unit of(long version, Unit unit) {
		if (unit.version() != version) {
			throw new StaleVersionProblem();
		}
		return unit;
	}

}
