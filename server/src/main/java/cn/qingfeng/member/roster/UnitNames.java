package cn.qingfeng.member.roster;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds units by the names in a table and proposes the nearest one for a name that is
 * none.
 */
final class UnitNames {

	private static final int LONGEST = 64;

	private final Map<String, UUID> units = new HashMap<>();

	UnitNames(Map<String, UUID> units) {
		units.forEach((name, id) -> this.units.put(plain(name), id));
	}

	Optional<UUID> find(String name) {
		return Optional.ofNullable(this.units.get(plain(name)));
	}

	/** The name with the fewest different characters, when most are the same. */
	Optional<String> nearest(String name) {
		String plain = plain(name);
		if (plain.length() > LONGEST) {
			return Optional.empty();
		}
		return this.units.keySet()
			.stream()
			.map((known) -> Map.entry(known, distance(plain, known)))
			.filter((known) -> known.getValue() * 2 <= plain.length())
			.min(Map.Entry.<String, Integer>comparingByValue()
				.thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
			.map(Map.Entry::getKey);
	}

	private static String plain(String name) {
		return Normalizer.normalize(name, Normalizer.Form.NFKC).replaceAll("[\\s\\u200b\\ufeff]", "");
	}

	/** Levenshtein. */
	private static int distance(String one, String other) {
		int[] before = new int[other.length() + 1];
		for (int j = 0; j <= other.length(); j++) {
			before[j] = j;
		}
		for (int i = 1; i <= one.length(); i++) {
			int[] now = new int[other.length() + 1];
			now[0] = i;
			for (int j = 1; j <= other.length(); j++) {
				int replaced = before[j - 1] + ((one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1);
				now[j] = Math.min(replaced, Math.min(before[j], now[j - 1]) + 1);
			}
			before = now;
		}
		return before[other.length()];
	}

}
