package cn.qingfeng.platform.page;

import java.util.List;
import java.util.function.Function;

import cn.qingfeng.platform.problem.Violations;
import org.jspecify.annotations.Nullable;

/**
 * A page of a keyset list.
 *
 * @param items in order
 * @param nextCursor where the next page begins, null at the end
 * @param <T> an item
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

	private static final int DEFAULT_LIMIT = 20;

	private static final int HIGHEST_LIMIT = 100;

	/**
	 * The page out of rows that were queried with {@code LIMIT limit + 1}: the extra row
	 * only tells that there is more.
	 * @param rows at most limit + 1
	 * @param limit items on a page
	 * @param cursor the cursor after a row
	 * @param <T> a row
	 * @return the page
	 */
	public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
		if (rows.size() <= limit) {
			return new Page<>(List.copyOf(rows), null);
		}
		List<T> items = List.copyOf(rows.subList(0, limit));
		return new Page<>(items, cursor.apply(items.getLast()));
	}

	/** The limit asked for, 20 when none; 422 outside 1 to 100. */
	public static int limit(@Nullable Integer asked) {
		if (asked == null) {
			return DEFAULT_LIMIT;
		}
		if (asked < 1 || asked > HIGHEST_LIMIT) {
			throw Violations.of("limit", "每页条数须在 1 到 100 之间");
		}
		return asked;
	}

	public <S> Page<S> map(Function<? super T, ? extends S> view) {
		return new Page<>(this.items.stream().<S>map(view).toList(), this.nextCursor);
	}

}
