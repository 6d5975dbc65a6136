package cn.qingfeng.platform.seed;

import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.time.BusinessTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the loaders do to a database that they find empty, and to one that people have
 * worked on since. Edits are rolled back: the rows are those of all tests.
 */
@QingfengIT
class SeedLoadingIT {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	/** What an editor may have done to every kind of seed. */
	private static final Map<String, String> EDITS = Map.ofEntries(
			Map.entry("unit_kind", "UPDATE unit_kind SET name = '改过的类别', sort_order = 10 - sort_order"),
			Map.entry("liaison_leader", "UPDATE liaison_leader SET name = '改过的姓名', title = '改过的职务'"),
			Map.entry("unit", "UPDATE unit SET name = '改过的单位', parent_id = NULL, liaison_leader_id = NULL"),
			Map.entry("member",
					"UPDATE member SET name = '改过的姓名', position = '改过的职务', joined_on = NULL WHERE number ~ '^D[0-9]{5}$'"),
			Map.entry("content_column", "UPDATE content_column SET name = '改过的栏目', description = NULL"),
			Map.entry("content_column_link", "UPDATE content_column_link SET title = '改过的链接', description = NULL"),
			Map.entry("statutory_period", "UPDATE statutory_period SET to_day = to_day + 1"),
			Map.entry("letter_template", "UPDATE letter_template SET title = '改过的倡议书', markdown = '改过的正文'"),
			Map.entry("reminder_rule", "UPDATE reminder_rule SET send_at = '10:30', days_before = 9, enabled = false"),
			Map.entry("article", "UPDATE article SET title = '改过的文章', html = '' WHERE seed_key IS NOT NULL"),
			Map.entry("question_banks", "UPDATE question_banks SET title = '改过的题库'"),
			Map.entry("questions", "UPDATE questions SET stem = '改过的题干', explanation = '改过的解析'"),
			Map.entry("quiz_rounds", "UPDATE quiz_rounds SET title = '改过的测试', pass_mark = 80 WHERE key IS NOT NULL"),
			Map.entry("quiz_round_rules", "UPDATE quiz_round_rules SET count = 1"),
			Map.entry("monthly_issue", "UPDATE monthly_issue SET title = '改过的月刊', quiz_id = NULL"),
			Map.entry("monthly_issue_article", "DELETE FROM monthly_issue_article WHERE position > 0"),
			Map.entry("event", "UPDATE event SET title = '改过的活动', capacity = 7 WHERE seed_key IS NOT NULL"));

	@Autowired
	private ObjectProvider<SeedLoader> loaders;

	@Autowired
	private SeedFolder seeds;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private Transactions transactions;

	@Autowired
	private TestClock clock;

	@BeforeEach
	void itIsNow() {
		this.clock.reset();
	}

	@ParameterizedTest
	@CsvSource({ "unit_kind, 7", "liaison_leader WHERE key <> id::text, 5", "unit WHERE key <> id::text, 82",
			"content_column WHERE position < 10, 7", "content_column_link, 3", "letter_template, 9",
			"reminder_rule, 14", "question_banks WHERE document_version IS NOT NULL, 8" })
	void theFirstStartFillsTheEmptyDatabase(String table, long rows) {
		assertThat(count(table)).isEqualTo(rows);
	}

	@Test
	void theFirstStartPutsInEveryTextQuestionEventAndMember() {
		assertThat(count("article WHERE seed_key IS NOT NULL")).isEqualTo(this.seeds.list("articles", "md").size());
		assertThat(count("event WHERE seed_key IS NOT NULL")).isGreaterThanOrEqualTo(14);
		assertThat(count("questions")).isGreaterThanOrEqualTo(400);
		assertThat(count("member WHERE number ~ '^D[0-9]{5}$'")).isEqualTo(300);
		assertThat(count("statutory_period")).isGreaterThanOrEqualTo(20);
	}

	@Test
	void theFirstStartMakesTheIssueAndTheRoundOfItsMonth() {
		YearMonth month = YearMonth.from(BusinessTime.today(this.clock));
		assertThat(count("monthly_issue WHERE month = '%s'".formatted(month))).isEqualTo(1);
		assertThat(count("quiz_rounds WHERE key = 'monthly-%02d@%d'".formatted(month.getMonthValue(), month.getYear())))
			.isEqualTo(1);
	}

	@Test
	void aSecondLoadChangesNothing() {
		BeforeAndAfter seen = undone(load().then(reload()));

		assertThat(seen.after()).isEqualTo(seen.before());
	}

	@Test
	void whatPeopleChangedIsNeverOverwritten() {
		BeforeAndAfter seen = undone(load().then(edit()).then(reload()));

		assertThat(seen.before().get("unit")).anyMatch((row) -> row.contains("改过的单位"));
		EDITS.keySet()
			.forEach((table) -> assertThat(seen.after().get(table)).as(table).isEqualTo(seen.before().get(table)));
	}

	private Mono<Void> load() {
		return Flux.fromStream(this.loaders::orderedStream).concatMap((loader) -> loader.load(this.seeds)).then();
	}

	private Mono<BeforeAndAfter> reload() {
		return Mono.defer(this::rows)
			.flatMap((before) -> load().then(Mono.defer(this::rows)).map((after) -> new BeforeAndAfter(before, after)));
	}

	private Mono<Void> edit() {
		return Flux.fromIterable(EDITS.entrySet())
			.concatMap((edit) -> this.database.sql(edit.getValue())
				.fetch()
				.rowsUpdated()
				.filter((rows) -> rows > 0)
				.switchIfEmpty(Mono.error(() -> new AssertionError("nothing to edit in " + edit.getKey()))))
			.then();
	}

	private Mono<Map<String, List<String>>> rows() {
		return Flux.fromIterable(EDITS.keySet())
			.concatMap(this::rows)
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	private Mono<Map.Entry<String, List<String>>> rows(String table) {
		return this.database.sql("SELECT t::text FROM %s t ORDER BY 1".formatted(table))
			.mapValue(String.class)
			.all()
			.collectList()
			.map((rows) -> Map.entry(table, rows));
	}

	private long count(String rows) {
		return Objects.requireNonNull(
				this.database.sql("SELECT count(*) FROM " + rows).mapValue(Long.class).one().block(PATIENCE));
	}

	/** What the work saw in a transaction that leaves nothing behind. */
	private <T> T undone(Mono<T> work) {
		AtomicReference<T> seen = new AtomicReference<>();
		this.transactions.inTransaction(work.doOnNext(seen::set).then(Mono.<Void>error(UndoException::new)))
			.onErrorComplete(UndoException.class)
			.block(PATIENCE);
		return Objects.requireNonNull(seen.get());
	}

	private record BeforeAndAfter(Map<String, List<String>> before, Map<String, List<String>> after) {

	}

	private static final class UndoException extends RuntimeException {

	}

}
