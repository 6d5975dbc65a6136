package cn.qingfeng.seeds;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import cn.qingfeng.seeds.SeedFiles.SeedText;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class MonthTests {

	private static final List<Integer> MONTHS = IntStream.rangeClosed(1, 12).boxed().toList();

	private final JsonNode rounds = SeedFiles.yaml("quizzes/monthly.yaml").path("rounds");

	private final JsonNode issues = SeedFiles.yaml("issues/monthly.yaml").path("issues");

	@Test
	void everyMonthHasARoundOfTwentyQuestions() {
		SeedFiles.keys(this.rounds);
		assertThat(SeedFiles.items(this.rounds)).extracting((round) -> round.path("month").asInt()).isEqualTo(MONTHS);
		for (JsonNode round : this.rounds) {
			SeedFiles.assertFields("round", round, Set.of("key", "month", "title", "description", "opensOn", "closesOn",
					"rules", "timeLimitMinutes", "attempts", "passMark", "reviewPolicy"), Set.of());
			assertThat(
					SeedFiles.items(round.path("rules")).stream().mapToInt((rule) -> rule.path("count").asInt()).sum())
				.isEqualTo(20);
			assertThat(round.path("reviewPolicy").asString()).isIn("AFTER_SUBMISSION", "AFTER_CLOSING", "NEVER");
			assertThat(round.path("passMark").asInt()).isBetween(1, 100);
			assertThat(round.path("attempts").asInt()).isBetween(1, 5);
			assertThat(round.path("timeLimitMinutes").asInt()).isBetween(10, 120);
			assertOnlyTheTitleNamesTheYear(round, "description");
		}
	}

	@Test
	void everyRuleFindsEnoughQuestions() {
		for (JsonNode round : this.rounds) {
			for (JsonNode rule : round.path("rules")) {
				SeedFiles.assertFields("rule", rule, Set.of("bank", "count"), Set.of("kinds", "difficulties"));
				JsonNode bank = SeedFiles.yaml("question-banks/" + rule.path("bank").asString() + ".yaml");
				long matching = SeedFiles.items(bank.path("questions"))
					.stream()
					.filter((question) -> allows(rule.path("kinds"), question.path("kind").asString()))
					.filter((question) -> allows(rule.path("difficulties"), question.path("difficulty").asString()))
					.count();
				assertThat(matching).as("%s", rule).isGreaterThanOrEqualTo(rule.path("count").asLong());
			}
			assertThat(SeedFiles.items(round.path("rules"))).extracting((rule) -> rule.path("bank").asString())
				.doesNotHaveDuplicates();
		}
	}

	@Test
	void everyIssueBindsAStoryANewsItemAndItsRound() {
		Map<String, SeedText> articles = SeedFiles.texts("articles");
		Set<String> rounds = SeedFiles.keys(this.rounds);
		assertThat(SeedFiles.items(this.issues)).extracting((issue) -> issue.path("month").asInt()).isEqualTo(MONTHS);
		for (JsonNode issue : this.issues) {
			SeedFiles.assertFields("issue", issue, Set.of("month", "title", "preface", "articles", "quiz"), Set.of());
			assertThat(issue.path("quiz").asString()).isIn(rounds)
				.isEqualTo("monthly-%02d".formatted(issue.path("month").asInt()));
			assertOnlyTheTitleNamesTheYear(issue, "preface");
			List<String> bound = SeedFiles.strings(issue.path("articles"));
			assertThat(articles.keySet()).containsAll(bound);
			assertThat(bound).hasSize(2);
			assertThat(bound).extracting((key) -> articles.get(key).value("column"))
				.containsExactly("integrity-stories", "current-affairs");
		}
	}

	@Test
	void noStoryComesTwiceAndNoNewsMoreThanTwice() {
		List<List<String>> bound = SeedFiles.items(this.issues)
			.stream()
			.map((issue) -> SeedFiles.strings(issue.path("articles")))
			.toList();
		assertThat(bound).extracting(List::getFirst).doesNotHaveDuplicates();
		Map<String, Long> news = bound.stream().collect(Collectors.groupingBy(List::getLast, Collectors.counting()));
		assertThat(news.values()).allMatch((times) -> times <= 2);
	}

	private static void assertOnlyTheTitleNamesTheYear(JsonNode month, String text) {
		assertThat(SeedFiles.placeholders(month.path("title").asString())).containsExactly("year");
		assertThat(SeedFiles.placeholders(month.path(text).asString())).isEmpty();
		assertThat(month.path("title").asString()).hasSizeLessThanOrEqualTo(32)
			.contains("%d月".formatted(month.path("month").asInt()));
	}

	private static boolean allows(JsonNode allowed, String value) {
		return allowed.isMissingNode() || SeedFiles.strings(allowed).contains(value);
	}

}
