package cn.qingfeng.member.unit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

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

	/** The ids of these units by full name and by key, to read them from tables. */
	public Map<String, UUID> named(Set<UUID> scope) {
		Map<String, UUID> named = new HashMap<>();
		in(scope).forEach((unit) -> named.put(unit.key(), unit.id()));
		in(scope).forEach((unit) -> named.put(unit.name(), unit.id()));
		return named;
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
	 * @param members how many active members it has itself
	 */
	record Unit(UUID id, String key, String name, String kind, @Nullable UUID parentId, int members) {

	}

}
