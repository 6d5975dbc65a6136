package cn.qingfeng.reminder.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.contract.admin.model.CalendarDay;
import cn.qingfeng.contract.admin.model.DueReminder;
import cn.qingfeng.contract.admin.model.LetterPage;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.web.ContractMapping;
import cn.qingfeng.reminder.calendar.Holiday;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

@Mapper(config = ContractMapping.class)
interface ReminderMapper {

	CalendarDay toContract(CalendarDayView day);

	List<CalendarDay> toContract(List<CalendarDayView> days);

	@Mapping(target = "time", source = "sendAt")
	@Mapping(target = "letter", source = "letter.title")
	@Mapping(target = "audience", constant = "ALL_MEMBERS")
	cn.qingfeng.contract.admin.model.ReminderRule toContract(ReminderRule rule);

	List<cn.qingfeng.contract.admin.model.ReminderRule> toRules(List<ReminderRule> rules);

	DueReminder toContract(DueReminderView reminder);

	List<DueReminder> toReminders(List<DueReminderView> reminders);

	cn.qingfeng.contract.admin.model.Letter toContract(LetterView letter);

	LetterPage toContract(Page<LetterView> page);

	default String chinese(Holiday holiday) {
		return holiday.chinese();
	}

	default String time(LocalTime time) {
		return time.toString();
	}

	/**
	 * A day of the calendar as staff see it.
	 */
	record CalendarDayView(LocalDate date, Holiday holiday, Holiday.Kind kind, @Nullable String lunarDate,
			List<LocalDate> daysOff, boolean statutoryPublished) {

	}

	/**
	 * A due reminder as staff see it.
	 */
	record DueReminderView(UUID ruleId, Holiday holiday, LocalDate holidayDate, Instant dueAt, String title,
			String text, @Nullable UUID letterId) {

	}

	/**
	 * A letter as staff see it.
	 */
	record LetterView(UUID id, Holiday holiday, LocalDate holidayDate, Instant dueAt, String title, UUID articleId,
			@Nullable UUID campaignId, LetterState state) {

		static LetterView of(Letter letter, Instant now) {
			return new LetterView(letter.id(), letter.holiday(), letter.holidayDate(), letter.dueAt(), letter.title(),
					letter.articleId(), letter.campaignId(), letter.state(now));
		}

	}

}
