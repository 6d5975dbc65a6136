package cn.qingfeng.content.issue;

import java.time.Clock;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.content.article.SeededArticles;
import cn.qingfeng.platform.seed.SeedFolder;
import cn.qingfeng.platform.seed.SeedLoader;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.quiz.Rounds;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The draft of the current month's issue, when the month has none.
 */
@Component
@Order(320)
class IssueSeeds implements SeedLoader {

	private final IssueStore issues;

	private final SeededArticles articles;

	private final Rounds rounds;

	private final Clock clock;

	IssueSeeds(IssueStore issues, SeededArticles articles, Rounds rounds, Clock clock) {
		this.issues = issues;
		this.articles = articles;
		this.rounds = rounds;
		this.clock = clock;
	}

	@Override
	public String name() {
		return "issues";
	}

	@Override
	public Set<String> folders() {
		return Set.of("issues", "articles", "quizzes");
	}

	@Override
	public String edition(Clock clock) {
		return YearMonth.from(BusinessTime.today(clock)).toString();
	}

	@Override
	public Mono<Void> load(SeedFolder seeds) {
		YearMonth month = YearMonth.from(BusinessTime.today(this.clock));
		return Mono
			.justOrEmpty(seeds.yaml("issues/monthly.yaml", File.class)
				.issues()
				.stream()
				.filter((issue) -> issue.month() == month.getMonthValue())
				.findFirst())
			.flatMap((seed) -> this.articles.ids(seed.articles())
				.flatMap((ids) -> this.rounds.findByMonth(month)
					.map((round) -> draft(seed, month, ids, round.id().value()))
					.defaultIfEmpty(draft(seed, month, ids, null))))
			.flatMap(this.issues::insert)
			.then();
	}

	private static MonthlyIssue draft(SeedIssue seed, YearMonth month, List<UUID> articles, @Nullable UUID quiz) {
		String title = seed.title().replace("{{year}}", String.valueOf(month.getYear()));
		return MonthlyIssue.draft(month, title, articles, quiz, null);
	}

	record File(String source, List<SeedIssue> issues) {

	}

	record SeedIssue(int month, String title, String preface, List<String> articles, String quiz) {

	}

}
