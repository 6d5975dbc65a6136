package cn.qingfeng.content.reading;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An article as members read it.
 */
record PublishedArticle(UUID id, String title, @Nullable String summary, ColumnName column, @Nullable String author,
		String html, List<String> sources, Instant publishedAt) {

	PublishedArticle {
		sources = List.copyOf(sources);
	}

	/**
	 * A column by name.
	 */
	record ColumnName(String key, String name) {

	}

	/**
	 * An article in a list.
	 *
	 * @param highlight the passage that was searched for, escaped but for its em tags
	 */
	record Summary(UUID id, String title, @Nullable String summary, ColumnName column, @Nullable String author,
			Instant publishedAt, @Nullable String highlight) {

	}

}
