package cn.qingfeng.local.sandbox.journal;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The newest calls whole, and the number of all that ever came.
 */
public final class Journal {

	private static final int KEPT = 10_000;

	private static final int KEPT_TEXT = 4_000;

	private final Deque<Entry> entries = new ArrayDeque<>();

	private final Map<String, Long> counts = new HashMap<>();

	private long number;

	public void write(Instant at, String appid, String method, String path, String query, String body, int status,
			long errcode, String answer, String rid, String fault) {
		this.entries.addLast(new Entry(++this.number, at, appid, method, path, query, cut(body), status, errcode,
				cut(answer), rid, fault));
		this.counts.merge(path, 1L, Long::sum);
		if (this.entries.size() > KEPT) {
			this.entries.removeFirst();
		}
	}

	private static String cut(String text) {
		return (text.length() <= KEPT_TEXT) ? text : text.substring(0, KEPT_TEXT) + "…";
	}

	/** The newest matching calls, oldest first. */
	public List<Entry> find(String path, @Nullable Instant since, int limit) {
		List<Entry> found = matching(path, since).toList();
		return found.subList(Math.max(0, found.size() - limit), found.size());
	}

	public long count(String path, @Nullable Instant since) {
		if (since != null) {
			return matching(path, since).count();
		}
		return this.counts.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().startsWith(path))
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

	public Stream<Entry> matching(String path, @Nullable Instant since) {
		return this.entries.stream()
			.filter((entry) -> entry.path().startsWith(path))
			.filter((entry) -> since == null || !entry.at().isBefore(since));
	}

	/** The newest call with this request id, or nothing. */
	public @Nullable Entry withRid(String rid) {
		return this.entries.stream().filter((entry) -> entry.rid().equals(rid)).findFirst().orElse(null);
	}

	public void clear() {
		this.entries.clear();
		this.counts.clear();
	}

}
