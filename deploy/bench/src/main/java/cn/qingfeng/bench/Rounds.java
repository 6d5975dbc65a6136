package cn.qingfeng.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Pairs of measurements, limit and product by turns. The pair whose ratio is the median
 * is quoted, so that its figures belong together.
 *
 * @param <T> what one round shows
 */
final class Rounds<T> {

	private final List<T> results = new ArrayList<>();

	void add(T result) {
		this.results.add(result);
	}

	T median(ToDoubleFunction<T> figure) {
		List<T> sorted = this.results.stream().sorted(Comparator.comparingDouble(figure)).toList();
		return sorted.get(sorted.size() / 2);
	}

	double medianOf(ToDoubleFunction<T> figure) {
		return figure.applyAsDouble(median(figure));
	}

}
