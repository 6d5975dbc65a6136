package cn.qingfeng.push.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import cn.qingfeng.member.SmallGroups;
import org.jspecify.annotations.Nullable;

/**
 * Counted deliveries.
 *
 * @param total all deliveries of the campaign, null when hidden
 */
record LedgerView(UUID campaignId, @Nullable Integer total, List<Group> groups) {

	static LedgerView of(UUID campaign, List<Counted> counted) {
		return new LedgerView(campaign, sum(counted),
				counted.stream().map((one) -> new Group(one.key(), one.count())).toList());
	}

	/** For those who may not see who is behind the numbers. */
	static LedgerView withoutSmallGroups(UUID campaign, List<Counted> counted) {
		Map<String, Long> sizes = new LinkedHashMap<>();
		counted.forEach((one) -> sizes.put(one.key(), (long) one.count()));
		return new LedgerView(campaign, orNull(SmallGroups.shown(sum(counted))),
				SmallGroups.shown(sizes)
					.entrySet()
					.stream()
					.map((shown) -> new Group(shown.getKey(), orNull(shown.getValue())))
					.toList());
	}

	private static int sum(List<Counted> counted) {
		return counted.stream().mapToInt(Counted::count).sum();
	}

	private static @Nullable Integer orNull(Optional<Long> size) {
		return size.map(Math::toIntExact).orElse(null);
	}

	/**
	 * As many as there are.
	 */
	record Counted(String key, int count) {

	}

	/**
	 * As many as are shown.
	 */
	record Group(String key, @Nullable Integer count) {

	}

}
