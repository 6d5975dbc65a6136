package cn.qingfeng.content.article;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.seed.SeedFolder;
import cn.qingfeng.platform.seed.SeedLoader;
import cn.qingfeng.platform.seed.SeedText;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The articles of the starting content: drafts, for nobody has signed them yet.
 */
@Component
@Order(50)
class ArticleSeeds implements SeedLoader {

	private static final String FOLDER = "articles";

	private final ArticleStore articles;

	private final IdGenerator ids;

	private final Clock clock;

	ArticleSeeds(ArticleStore articles, IdGenerator ids, Clock clock) {
		this.articles = articles;
		this.ids = ids;
		this.clock = clock;
	}

	@Override
	public String name() {
		return FOLDER;
	}

	@Override
	public Mono<Void> load(SeedFolder seeds) {
		return Flux.fromIterable(seeds.list(FOLDER, "md"))
			.map(seeds::markdown)
			.concatMap((text) -> this.articles.insert(draft(text), text.text("key")))
			.then();
	}

	private Article draft(SeedText seed) {
		ArticleText text = new ArticleText(seed.text("column"), seed.text("title"), optional(seed, "summary"),
				optional(seed, "author"), Html.ofMarkdown(seed.body()), sources(seed));
		return Article.draft(this.ids.next(), text, null, this.clock.instant());
	}

	private static @Nullable String optional(SeedText seed, String key) {
		return seed.meta().containsKey(key) ? seed.text(key) : null;
	}

	private static List<String> sources(SeedText seed) {
		if (!(seed.meta().get("sources") instanceof List<?> sources)) {
			throw new IllegalArgumentException("the front matter lacks sources");
		}
		return sources.stream().map(ArticleSeeds::citation).toList();
	}

	/** One line as readers see it, such as 方志敏《清贫》，人民出版社，1935. */
	private static String citation(Object source) {
		if (!(source instanceof Map<?, ?> parts)) {
			return source.toString();
		}
		String title = Stream.of(parts.get("author"), parts.get("title"))
			.filter(Objects::nonNull)
			.map(Object::toString)
			.collect(Collectors.joining());
		return Stream.of(title, parts.get("clause"), parts.get("publisher"), parts.get("date"))
			.filter(Objects::nonNull)
			.map(Object::toString)
			.collect(Collectors.joining("，"));
	}

}
