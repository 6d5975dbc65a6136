package cn.qingfeng.content;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An article that another feature writes.
 *
 * @param column key of its column
 * @param title at most 32 characters
 * @param summary at most 120 characters
 * @param author at most 16 characters
 * @param markdown the text in CommonMark
 * @param sources at least one
 * @param writer the member of staff behind it
 */
public record NewArticle(String column, String title, @Nullable String summary, @Nullable String author,
		String markdown, List<String> sources, UUID writer) {

	public NewArticle {
		sources = List.copyOf(sources);
	}

}
