package cn.qingfeng.member;

import java.util.LinkedHashMap;
import java.util.List;
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
		return shown(size, 1);
	}

	/**
	 * How many things of a group may be shown.
	 * @param size their number, such as papers
	 * @param each how many of them may be one person's at most
	 */
	public static Optional<Long> shown(long size, int each) {
		return (size == 0 || size >= SMALLEST * each) ? Optional.of(size) : Optional.empty();
	}

	/**
	 * The sizes of groups that may be shown beside their sum.
	 * @param sizes by group
	 * @param <K> a group
	 * @return by group in the same order, empty for the hidden
	 */
	public static <K> Map<K, Optional<Long>> shown(Map<K, Long> sizes) {
		return shown(sizes, 1);
	}

	/**
	 * What may be shown beside its sum. When only one group would be hidden, or all of
	 * the hidden are few, the sum would give them away: the smallest of the others is
	 * hidden too.
	 * @param sizes by group
	 * @param each how much of it may be one person's at most
	 * @param <K> a group
	 * @return by group in the same order, empty for the hidden
	 */
	public static <K> Map<K, Optional<Long>> shown(Map<K, Long> sizes, int each) {
		Map<K, Optional<Long>> shown = new LinkedHashMap<>();
		sizes.forEach((group, size) -> shown.put(group, shown(size, each)));
		List<Long> hidden = sizes.values().stream().filter((size) -> shown(size, each).isEmpty()).toList();
		long sum = hidden.stream().mapToLong(Long::longValue).sum();
		if (hidden.size() == 1 || shown(sum, each).isEmpty()) {
			sizes.entrySet()
				.stream()
				.filter((entry) -> entry.getValue() >= SMALLEST * each)
				.min(Map.Entry.comparingByValue())
				.ifPresent((entry) -> shown.put(entry.getKey(), Optional.empty()));
		}
		return shown;
	}

}
