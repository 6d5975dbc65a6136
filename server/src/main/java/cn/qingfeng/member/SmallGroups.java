package cn.qingfeng.member;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps statistics from telling about single persons: a group of fewer than five is not
 * shown.
 */
public final class SmallGroups {

	/** Smaller groups are not shown. */
	public static final long SMALLEST = 5;

	private SmallGroups() {
	}

	/**
	 * The size of a group that may be shown; nobody at all tells nothing about anybody.
	 */
	public static Optional<Long> shown(long size) {
		return (size == 0 || size >= SMALLEST) ? Optional.of(size) : Optional.empty();
	}

	/**
	 * The sizes of groups that may be shown beside their sum. When only one would be
	 * hidden, the sum would give it away: the smallest of the others is hidden too.
	 * @param sizes by group
	 * @param <K> a group
	 * @return by group in the same order, empty for the hidden
	 */
	public static <K> Map<K, Optional<Long>> shown(Map<K, Long> sizes) {
		Map<K, Optional<Long>> shown = new LinkedHashMap<>();
		sizes.forEach((group, size) -> shown.put(group, shown(size)));
		if (shown.values().stream().filter(Optional::isEmpty).count() == 1) {
			sizes.entrySet()
				.stream()
				.filter((entry) -> entry.getValue() >= SMALLEST)
				.min(Comparator.comparing(Map.Entry::getValue))
				.ifPresent((entry) -> shown.put(entry.getKey(), Optional.empty()));
		}
		return shown;
	}

}
