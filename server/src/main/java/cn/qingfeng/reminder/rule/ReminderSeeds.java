package cn.qingfeng.reminder.rule;

import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.seed.SeedFolder;
import cn.qingfeng.platform.seed.SeedLoader;
import cn.qingfeng.platform.seed.SeedText;
import cn.qingfeng.reminder.calendar.Holiday;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The letters and rules of the starting content. A rule of the file that writes twice
 * becomes two rules.
 */
@Component
@Order(30)
class ReminderSeeds implements SeedLoader {

	private static final String LETTERS = "letters";

	private final DatabaseClient database;

	private final IdGenerator ids;

	ReminderSeeds(DatabaseClient database, IdGenerator ids) {
		this.database = database;
		this.ids = ids;
	}

	@Override
	public String name() {
		return "reminders";
	}

	@Override
	public Set<String> folders() {
		return Set.of("reminders", LETTERS);
	}

	@Override
	public Mono<Void> load(SeedFolder seeds) {
		return Flux.fromIterable(seeds.list(LETTERS, "md"))
			.map(seeds::markdown)
			.concatMap(this::insertTemplate)
			.thenMany(Flux.fromIterable(seeds.yaml("reminders/rules.yaml", File.class).rules()))
			.concatMap(this::insertRule)
			.then();
	}

	private Mono<Void> insertTemplate(SeedText letter) {
		return this.database.sql("""
				INSERT INTO letter_template (key, column_key, title, summary, author, markdown, sources)
				VALUES (:key, :column, :title, :summary, :author, :markdown, :sources) ON CONFLICT DO NOTHING
				""")
			.bind("key", letter.text("key"))
			.bind("column", letter.text("column"))
			.bind("title", letter.text("title"))
			.bind("summary", letter.text("summary"))
			.bind("author", Parameters.in(R2dbcType.VARCHAR, letter.meta().get("author")))
			.bind("markdown", letter.body())
			.bind("sources", sources(letter))
			.then();
	}

	private Mono<Void> insertRule(SeedRule rule) {
		return Flux.fromIterable(rule.sends()).concatMap((send) -> insertRule(rule, send)).then();
	}

	private Mono<Void> insertRule(SeedRule rule, SeedSend send) {
		return this.database.sql("""
				INSERT INTO reminder_rule (id, key, name, holiday, days_before, send_at, letter_key)
				VALUES (:id, :key, :name, :holiday, :daysBefore, :sendAt, :letter) ON CONFLICT DO NOTHING
				""")
			.bind("id", this.ids.next())
			.bind("key", rule.key() + "-" + send.key())
			.bind("name", rule.name())
			.bind("holiday", rule.holiday().name())
			.bind("daysBefore", send.daysBefore())
			.bind("sendAt", send.at())
			.bind("letter", rule.letter())
			.then();
	}

	private static String[] sources(SeedText letter) {
		if (!(letter.meta().get("sources") instanceof List<?> sources)) {
			throw new IllegalArgumentException("the front matter lacks sources");
		}
		return sources.stream().map(ReminderSeeds::citation).toArray(String[]::new);
	}

	private static String citation(Object source) {
		if (!(source instanceof Map<?, ?> parts)) {
			return source.toString();
		}
		return Stream.of(parts.get("title"), parts.get("clause"), parts.get("date"))
			.filter(Objects::nonNull)
			.map(Object::toString)
			.collect(Collectors.joining("，"));
	}

	record File(String source, List<SeedRule> rules) {

	}

	record SeedRule(String key, String name, Holiday holiday, String countFrom, List<SeedSend> sends, String letter,
			String audience) {

	}

	record SeedSend(String key, int daysBefore, LocalTime at) {

	}

}
