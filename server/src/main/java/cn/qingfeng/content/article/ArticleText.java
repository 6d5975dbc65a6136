package cn.qingfeng.content.article;

import java.util.List;

import cn.qingfeng.content.review.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * What readers get to see of an article, and what reviewers sign.
 *
 * @param column key of its column
 * @param html sanitised
 */
public record ArticleText(String column, String title, @Nullable String summary, @Nullable String author, String html,
		List<String> sources) {

	public ArticleText {
		sources = List.copyOf(sources);
	}

	/** The same with only the HTML that articles may consist of. */
	ArticleText sanitised() {
		return new ArticleText(this.column, this.title, this.summary, this.author, Html.sanitise(this.html),
				this.sources);
	}

	/** SHA-256 in hex of everything that a reader sees. */
	public String hash() {
		return new ContentHash().add(this.column)
			.add(this.title)
			.add(this.summary)
			.add(this.author)
			.add(this.html)
			.add(this.sources)
			.hex();
	}

}
