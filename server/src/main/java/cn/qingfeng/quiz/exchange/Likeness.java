package cn.qingfeng.quiz.exchange;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import cn.qingfeng.quiz.bank.Stems;

/**
 * How alike questions are: Dice's coefficient of the pairs of neighbouring characters of
 * two stems, signs and spaces aside.
 */
final class Likeness {

	/** Two stems above it are shown to a person. */
	private static final int ALIKE = 80;

	private final String stem;

	private final String essence;

	private final Set<Integer> pairs = new HashSet<>();

	private Likeness(String stem) {
		this.stem = stem;
		this.essence = Stems.essence(stem);
		for (int i = 0; i + 1 < this.essence.length(); i++) {
			this.pairs.add(this.essence.charAt(i) << Character.SIZE | this.essence.charAt(i + 1));
		}
	}

	static Likeness of(String stem) {
		return new Likeness(stem);
	}

	String essence() {
		return this.essence;
	}

	/** The one that is most like this, if any is alike. */
	Optional<Alike> among(Collection<Likeness> others, int row) {
		return others.stream()
			.map((other) -> new Alike(row, this.stem, other.stem, percent(other)))
			.filter((alike) -> alike.percent() >= ALIKE)
			.max((one, another) -> Integer.compare(one.percent(), another.percent()));
	}

	private int percent(Likeness other) {
		Set<Integer> smaller = (this.pairs.size() < other.pairs.size()) ? this.pairs : other.pairs;
		Set<Integer> larger = (smaller == this.pairs) ? other.pairs : this.pairs;
		long common = smaller.stream().filter(larger::contains).count();
		int all = smaller.size() + larger.size();
		return (all == 0) ? 0 : (int) (200 * common / all);
	}

	/**
	 * Two questions that a person should compare.
	 *
	 * @param row of the one in the file
	 * @param stem of it
	 * @param other stem of the other
	 * @param percent of what they have in common
	 */
	record Alike(int row, String stem, String other, int percent) {

	}

}
