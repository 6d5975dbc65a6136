package cn.qingfeng.reminder.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.platform.page.Cursor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The letters in the database.
 */
@Component
class Letters {

	private static final String COLUMNS = """
			SELECT id, rule_id, holiday, holiday_date, due_at, title, summary, article_id, campaign_id, author_id,
				created_at
			FROM letter
			""";

	private final DatabaseClient database;

	Letters(DatabaseClient database) {
		this.database = database;
	}

	Mono<Letter> insert(Letter letter) {
		return this.database.sql("""
				INSERT INTO letter (id, rule_id, holiday, holiday_date, due_at, title, summary, article_id, author_id,
					created_at)
				VALUES (:id, :rule, :holiday, :holidayDate, :dueAt, :title, :summary, :article, :author, :createdAt)
				""")
			.bind("id", letter.id())
			.bind("rule", letter.ruleId())
			.bind("holiday", letter.holiday().name())
			.bind("holidayDate", letter.holidayDate())
			.bind("dueAt", letter.dueAt())
			.bind("title", letter.title())
			.bind("summary", letter.summary())
			.bind("article", letter.articleId())
			.bind("author", letter.authorId())
			.bind("createdAt", letter.createdAt())
			.then()
			.thenReturn(letter);
	}

	Mono<Letter> find(UUID id) {
		return this.database.sql(COLUMNS + "WHERE id = :id").bind("id", id).mapProperties(Letter.class).one();
	}

	Mono<Letter> ofArticle(UUID article) {
		return this.database.sql(COLUMNS + "WHERE article_id = :article FOR UPDATE")
			.bind("article", article)
			.mapProperties(Letter.class)
			.one();
	}

	Mono<Letter> of(UUID rule, LocalDate holidayDate) {
		return this.database.sql(COLUMNS + "WHERE rule_id = :rule AND holiday_date = :holidayDate")
			.bind("rule", rule)
			.bind("holidayDate", holidayDate)
			.mapProperties(Letter.class)
			.one();
	}

	/** Ids of the letters of these holidays by rule and day. */
	Mono<Map<Occasion, UUID>> ofDays(Collection<LocalDate> holidayDates) {
		return this.database.sql(COLUMNS + "WHERE holiday_date = ANY(:dates)")
			.bind("dates", holidayDates.toArray(LocalDate[]::new))
			.mapProperties(Letter.class)
			.all()
			.collectMap((letter) -> new Occasion(letter.ruleId(), letter.holidayDate()), Letter::id);
	}

	Mono<Long> setCampaign(UUID id, UUID campaign) {
		return this.database.sql("UPDATE letter SET campaign_id = :campaign WHERE id = :id")
			.bind("campaign", campaign)
			.bind("id", id)
			.fetch()
			.rowsUpdated();
	}

	/** Letters, newest first, one more than the limit when there are more. */
	Mono<List<Letter>> newest(@Nullable Cursor after, int limit) {
		String where = (after != null) ? "WHERE (created_at, id) < (:createdAt, :id) " : "";
		DatabaseClient.GenericExecuteSpec select = this.database
			.sql(COLUMNS + where + "ORDER BY created_at DESC, id DESC LIMIT :limit");
		if (after != null) {
			select = select.bind("createdAt", after.get(0, Instant.class)).bind("id", after.get(1, UUID.class));
		}
		return select.bind("limit", limit).mapProperties(Letter.class).all().collectList();
	}

	/**
	 * A rule meeting a holiday.
	 */
	record Occasion(UUID rule, LocalDate holidayDate) {

		static Occasion of(Reminder reminder) {
			return new Occasion(reminder.rule().id(), reminder.day().date());
		}

	}

}
