package cn.qingfeng.content.reading;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A monthly issue as members see it.
 *
 * @param month such as 2026-05
 * @param quiz null for an issue without one
 */
record PublishedIssue(String month, String title, Instant publishedAt, List<PublishedArticle.Summary> articles,
		@Nullable QuizName quiz) {

	PublishedIssue {
		articles = List.copyOf(articles);
	}

	/**
	 * A quiz by its title.
	 */
	record QuizName(UUID id, String title) {

	}

}
