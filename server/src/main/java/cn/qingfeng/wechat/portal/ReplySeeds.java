package cn.qingfeng.wechat.portal;

import java.util.List;
import java.util.Set;

import cn.qingfeng.platform.seed.SeedFolder;
import cn.qingfeng.platform.seed.SeedLoader;
import cn.qingfeng.wechat.portal.ReplyBook.Occasion;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The replies of the starting content.
 */
@Component
@Order(50)
class ReplySeeds implements SeedLoader {

	private final ReplyBooks books;

	ReplySeeds(ReplyBooks books) {
		this.books = books;
	}

	@Override
	public String name() {
		return "wechat-replies";
	}

	@Override
	public Set<String> folders() {
		return Set.of("templates");
	}

	@Override
	public Mono<Void> load(SeedFolder seeds) {
		List<SeedReply> replies = seeds.yaml("templates/menu.yaml", File.class).replies();
		return this.books.seed(new ReplyBook(replies.stream().map(SeedReply::rule).toList(), false));
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record File(List<SeedReply> replies) {

	}

	record SeedReply(@Nullable String event, @Nullable List<String> keywords, String text) {

		ReplyBook.Rule rule() {
			String words = this.text.strip();
			return (this.keywords != null) ? new ReplyBook.Rule(Occasion.KEYWORD, this.keywords, words)
					: switch (String.valueOf(this.event)) {
						case "SUBSCRIBE" -> new ReplyBook.Rule(Occasion.FOLLOW, List.of(), words);
						case "UNBOUND" -> new ReplyBook.Rule(Occasion.UNBOUND, List.of(), words);
						case String key -> new ReplyBook.Rule(Occasion.CLICK, List.of(key), words);
					};
		}

	}

}
