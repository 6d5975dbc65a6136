package cn.qingfeng.quiz.result;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import cn.qingfeng.member.MemberName;
import cn.qingfeng.member.SmallGroups;
import cn.qingfeng.member.UnitName;
import cn.qingfeng.quiz.result.ResultReadModel.BestResult;
import org.jspecify.annotations.Nullable;

/**
 * What may be shown of one unit.
 *
 * @param unit which
 * @param members active ones
 * @param participants of them
 * @param passed of those
 * @param averageScore of each one's best result
 * @param rank by the share that took part, from 1
 */
record UnitFigures(UnitName unit, @Nullable Long members, @Nullable Long participants, @Nullable Long passed,
		@Nullable Double averageScore, @Nullable Integer rank) {

	/**
	 * Of every unit, small groups left out.
	 * @param sizes active members by unit
	 * @param results of all who took part
	 * @param names of them; those of other units are left out
	 * @param ranked whether ranks are shown
	 * @return in the order of the units
	 */
	static List<UnitFigures> of(Map<UnitName, Long> sizes, List<BestResult> results, Map<UUID, MemberName> names,
			boolean ranked) {
		Map<UUID, List<BestResult>> byUnit = new HashMap<>();
		for (BestResult result : results) {
			MemberName name = names.get(result.memberId());
			if (name != null) {
				byUnit.computeIfAbsent(name.unitId().value(), (unit) -> new ArrayList<>()).add(result);
			}
		}
		Map<UnitName, Long> participants = new LinkedHashMap<>();
		sizes.keySet()
			.forEach((unit) -> participants.put(unit, (long) byUnit.getOrDefault(unit.id().value(), List.of()).size()));
		Map<UnitName, Optional<Long>> shown = SmallGroups.shown(participants);
		List<UnitFigures> figures = sizes.entrySet()
			.stream()
			.map((size) -> of(size.getKey(), size.getValue(),
					shown.getOrDefault(size.getKey(), Optional.empty()).orElse(null),
					byUnit.getOrDefault(size.getKey().id().value(), List.of())))
			.toList();
		return ranked ? figures.stream().map((one) -> one.rankedAmong(figures)).toList() : figures;
	}

	private static UnitFigures of(UnitName unit, long members, @Nullable Long participants, List<BestResult> results) {
		long passed = results.stream().filter(BestResult::passed).count();
		boolean all = participants != null && participants > 0;
		boolean mixed = SmallGroups.shown(passed).isPresent() && SmallGroups.shown(results.size() - passed).isPresent();
		return new UnitFigures(unit, SmallGroups.shown(members).orElse(null), participants,
				(all && mixed) ? passed : null,
				all ? results.stream().mapToInt(BestResult::score).average().orElse(0) : null, null);
	}

	private UnitFigures rankedAmong(List<UnitFigures> all) {
		Double own = share();
		Integer rank = (own != null)
				? 1 + (int) all.stream().map(UnitFigures::share).filter((share) -> share != null && share > own).count()
				: null;
		return new UnitFigures(this.unit, this.members, this.participants, this.passed, this.averageScore, rank);
	}

	/** Null for a unit whose figures are hidden. */
	private @Nullable Double share() {
		return (this.members == null || this.members == 0 || this.participants == null) ? null
				: (double) this.participants / this.members;
	}

}
