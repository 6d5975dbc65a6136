package cn.qingfeng.reminder.rule;

import java.time.LocalTime;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.reminder.calendar.Holiday;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The rules in the database, each with its letter.
 */
@Component
class ReminderRules {

	private final DatabaseClient database;

	ReminderRules(DatabaseClient database) {
		this.database = database;
	}

	/** All rules, in the order of the year and the earlier word first. */
	Mono<List<ReminderRule>> all() {
		return this.database.sql("""
				SELECT r.id, r.key, r.name, r.holiday, r.days_before, r.send_at, r.enabled, t.key AS letter_key,
					t.column_key, t.title, t.summary, t.author, t.markdown, t.sources
				FROM reminder_rule r JOIN letter_template t ON t.key = r.letter_key
				ORDER BY r.holiday, r.days_before DESC, r.key LIMIT :limit
				""").bind("limit", 200).mapProperties(Row.class).all().map(Row::rule).collectList();
	}

	record Row(UUID id, String key, String name, Holiday holiday, int daysBefore, LocalTime sendAt, boolean enabled,
			String letterKey, String columnKey, String title, String summary, @Nullable String author, String markdown,
			String[] sources) {

		ReminderRule rule() {
			LetterTemplate letter = new LetterTemplate(this.letterKey, this.columnKey, this.title, this.summary,
					this.author, this.markdown, List.of(this.sources));
			return new ReminderRule(this.id, this.key, this.name, this.holiday, this.daysBefore, this.sendAt, letter,
					this.enabled);
		}

	}

}
