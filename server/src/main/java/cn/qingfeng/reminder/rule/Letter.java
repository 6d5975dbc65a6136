package cn.qingfeng.reminder.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

import cn.qingfeng.reminder.calendar.Holiday;
import org.jspecify.annotations.Nullable;

/**
 * A letter made from a rule for one holiday.
 *
 * @param dueAt the hour at which its campaign goes out
 * @param article its text, which is reviewed and published like any article
 * @param campaign null until the article is published
 */
record Letter(UUID id, UUID ruleId, Holiday holiday, LocalDate holidayDate, Instant dueAt, String title, String summary,
		UUID articleId, @Nullable UUID campaignId, UUID authorId, Instant createdAt) {

	LetterState state(Instant now) {
		if (this.campaignId != null) {
			return LetterState.CAMPAIGN_READY;
		}
		return this.dueAt.isBefore(now) ? LetterState.HELD : LetterState.IN_REVIEW;
	}

	/** What it is about in a message of at most 20 characters. */
	String topic() {
		return this.holiday.chinese() + "廉洁过节提醒";
	}

}
