package cn.qingfeng.member.roster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Compares the lines of a table with the roster. A person is known by identity number,
 * else by number, else by phone and name.
 */
final class RosterComparison {

	private final RosterTable table;

	private final Set<UUID> scope;

	private final Map<String, KnownPerson> byNumber = new HashMap<>();

	private final Map<String, KnownPerson> byId = new HashMap<>();

	private final Map<String, List<KnownPerson>> byPhone = new HashMap<>();

	private final Map<UUID, Integer> met = new HashMap<>();

	private final List<Change> changes = new ArrayList<>();

	private final List<RosterError> errors = new ArrayList<>();

	private int unchanged;

	private RosterComparison(RosterTable table, Set<UUID> scope, Collection<KnownPerson> known) {
		this.table = table;
		this.scope = scope;
		known.forEach(this::index);
	}

	/**
	 * Compares.
	 * @param table for its headers
	 * @param lines of the table
	 * @param known everybody whom a line may mean
	 * @param scope the units that the one who asks administers
	 */
	static RosterComparison of(RosterTable table, List<IndexedLine> lines, Collection<KnownPerson> known,
			Set<UUID> scope) {
		RosterComparison comparison = new RosterComparison(table, scope, known);
		lines.forEach(comparison::compare);
		return comparison;
	}

	List<Change> changes() {
		return List.copyOf(this.changes);
	}

	List<RosterError> errors() {
		return List.copyOf(this.errors);
	}

	int unchanged() {
		return this.unchanged;
	}

	private void index(KnownPerson person) {
		this.byNumber.put(person.number(), person);
		if (person.idIndex() != null) {
			this.byId.put(person.idIndex(), person);
		}
		if (person.isActive()) {
			this.byPhone.computeIfAbsent(person.phoneIndex(), (phone) -> new ArrayList<>()).add(person);
		}
	}

	private void compare(IndexedLine line) {
		@Nullable KnownPerson numbered = (line.line().number() != null) ? this.byNumber.get(line.line().number()) : null;
		@Nullable KnownPerson person = person(line, numbered);
		if (numbered != null && (!numbered.equals(person) || isSomebodyElse(line, numbered))) {
			refuse(line, RosterField.NUMBER, "该编号在名册中属于另一人");
		}
		else if (this.byPhone.getOrDefault(line.phoneIndex(), List.of())
			.stream()
			.anyMatch((owner) -> !owner.equals(person))) {
			refuse(line, RosterField.PHONE, "该手机号码在名册中属于另一人");
		}
		else if (person == null) {
			this.changes.add(new Change(line, null));
		}
		else {
			compare(line, person);
		}
	}

	private void compare(IndexedLine line, KnownPerson person) {
		@Nullable Integer before = this.met.putIfAbsent(person.id(), line.line().row());
		if (before != null) {
			refuse(line, RosterField.NAME, "与第 %d 行是同一人".formatted(before));
		}
		else if (!this.scope.contains(person.unitId())) {
			refuse(line, RosterField.NAME, "此人不归您管理，请与其所在单位办理转接");
		}
		else if (!person.isActive()) {
			refuse(line, RosterField.NAME, "此人在名册中已转出、退休或离开");
		}
		else if (line.idIndex() != null && person.idIndex() != null && !line.idIndex().equals(person.idIndex())) {
			refuse(line, RosterField.ID_NUMBER, "与名册所载身份证号不同");
		}
		else if (line.isKnownOf(person)) {
			this.unchanged++;
		}
		else {
			this.changes.add(new Change(line, person.id()));
		}
	}

	private @Nullable KnownPerson person(IndexedLine line, @Nullable KnownPerson numbered) {
		@Nullable KnownPerson identified = (line.idIndex() != null) ? this.byId.get(line.idIndex()) : null;
		if (identified != null) {
			return identified;
		}
		return (numbered != null) ? numbered
				: this.byPhone.getOrDefault(line.phoneIndex(), List.of())
					.stream()
					.filter((owner) -> owner.name().equals(line.line().name().value()))
					.findFirst()
					.orElse(null);
	}

	/** A changed name or a changed phone is the same person; both at once are not. */
	private static boolean isSomebodyElse(IndexedLine line, KnownPerson person) {
		boolean identified = line.idIndex() != null && line.idIndex().equals(person.idIndex());
		return !identified && !line.line().name().value().equals(person.name())
				&& !line.phoneIndex().equals(person.phoneIndex());
	}

	private void refuse(IndexedLine line, RosterField field, String message) {
		this.errors.add(new RosterError(line.line().row(), this.table.header(field), message));
	}

	/**
	 * A line that says something new.
	 *
	 * @param line of the table
	 * @param memberId of whom, null for somebody new
	 */
	record Change(IndexedLine line, @Nullable UUID memberId) {

	}

}
