package cn.qingfeng.member.unit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.platform.problem.NotFoundProblem;
import org.jspecify.annotations.Nullable;

/**
 * All units and what lies below each.
 */
public final class UnitTree {

	private final List<Unit> units;

	private final Map<UUID, List<UUID>> children = new HashMap<>();

	UnitTree(List<Unit> inOrder) {
		this.units = List.copyOf(inOrder);
		for (Unit unit : inOrder) {
			if (unit.parentId() != null) {
				this.children.computeIfAbsent(unit.parentId(), (parent) -> new ArrayList<>()).add(unit.id());
			}
		}
	}

	/**
	 * What somebody of staff may see.
	 * @param own the units they are limited to, empty for no limit
	 * @return those units and all below them
	 */
	public Set<UUID> scope(Collection<UUID> own) {
		return own.isEmpty() ? ids() : below(own);
	}

	/** These units and all below them. */
	public Set<UUID> below(Collection<UUID> tops) {
		Set<UUID> found = new LinkedHashSet<>();
		Deque<UUID> open = new ArrayDeque<>(tops);
		while (!open.isEmpty()) {
			UUID id = open.removeFirst();
			if (found.add(id)) {
				open.addAll(this.children.getOrDefault(id, List.of()));
			}
		}
		return found;
	}

	/**
	 * The ids of these units by full name and by key, to read them from tables; nobody
	 * comes into a closed one.
	 */
	public Map<String, UUID> named(Set<UUID> scope) {
		List<Unit> open = in(scope).stream().filter((unit) -> !unit.closed()).toList();
		Map<String, UUID> named = new HashMap<>();
		open.forEach((unit) -> named.put(unit.key(), unit.id()));
		open.forEach((unit) -> named.put(unit.name(), unit.id()));
		return named;
	}

	/**
	 * What somebody of staff asks for.
	 * @param own the units they are limited to, empty for no limit
	 * @param asked one of the units that they may see, null for all of them
	 * @return that one and all below it; 404 when it is foreign
	 */
	public Set<UUID> asked(Collection<UUID> own, @Nullable UUID asked) {
		Set<UUID> scope = scope(own);
		if (asked == null) {
			return scope;
		}
		if (!scope.contains(asked)) {
			throw new NotFoundProblem();
		}
		return below(Set.of(asked));
	}

	/** How to show a unit of this tree. */
	public String name(UUID id) {
		return find(id).map(Unit::name).orElseThrow(NotFoundProblem::new);
	}

	Optional<Unit> find(UUID id) {
		return this.units.stream().filter((unit) -> unit.id().equals(id)).findFirst();
	}

	/** Whether another open unit is called so: tables name units by their names. */
	boolean isCalled(String name, @Nullable Unit butNot) {
		return this.units.stream()
			.anyMatch((unit) -> !unit.closed() && !unit.equals(butNot) && unit.name().equals(name));
	}

	boolean isOpen(UUID id) {
		return find(id).filter((unit) -> !unit.closed()).isPresent();
	}

	boolean hasOpenUnitsBelow(UUID id) {
		return this.children.getOrDefault(id, List.of()).stream().anyMatch(this::isOpen);
	}

	List<Unit> in(Set<UUID> scope) {
		return this.units.stream().filter((unit) -> scope.contains(unit.id())).toList();
	}

	private Set<UUID> ids() {
		Set<UUID> ids = new LinkedHashSet<>();
		this.units.forEach((unit) -> ids.add(unit.id()));
		return ids;
	}

	/**
	 * A unit.
	 *
	 * @param id of the unit
	 * @param key its natural key
	 * @param name in full
	 * @param kind key of its kind
	 * @param parentId the unit above, null at the top
	 * @param sortOrder its place in the tree
	 * @param members how many active members it has itself
	 * @param closed whether nobody can be in it any more
	 * @param version grows with each change
	 * @param leaderId of the liaison leader, null when nobody looks after it
	 * @param leaderName of the liaison leader
	 */
	record Unit(UUID id, String key, String name, String kind, @Nullable UUID parentId, int sortOrder, int members,
			boolean closed, long version, @Nullable UUID leaderId, @Nullable String leaderName) {

	}

}
