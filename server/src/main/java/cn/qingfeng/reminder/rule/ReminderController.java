package cn.qingfeng.reminder.rule;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.contract.admin.RemindersApi;
import cn.qingfeng.contract.admin.model.Calendar;
import cn.qingfeng.contract.admin.model.Letter;
import cn.qingfeng.contract.admin.model.LetterPage;
import cn.qingfeng.contract.admin.model.LetterRequest;
import cn.qingfeng.contract.admin.model.ReminderPreview;
import cn.qingfeng.contract.admin.model.ReminderRuleList;
import cn.qingfeng.platform.idempotency.Idempotency;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.reminder.ReminderProperties;
import cn.qingfeng.reminder.calendar.DaysOff;
import cn.qingfeng.reminder.calendar.Holiday;
import cn.qingfeng.reminder.calendar.HolidayCalendar.HolidayDay;
import cn.qingfeng.reminder.rule.ReminderMapper.CalendarDayView;
import cn.qingfeng.reminder.rule.ReminderMapper.DueReminderView;
import cn.qingfeng.reminder.rule.ReminderMapper.LetterView;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class ReminderController implements RemindersApi {

	private final Reminders reminders;

	private final ReminderRules rules;

	private final Letters letters;

	private final LetterWriting writing;

	private final ReminderMapper mapper;

	private final Idempotency idempotency;

	private final Clock clock;

	private final String signer;

	ReminderController(Reminders reminders, ReminderRules rules, Letters letters, LetterWriting writing,
			ReminderMapper mapper, Idempotency idempotency, Clock clock, ReminderProperties properties) {
		this.reminders = reminders;
		this.rules = rules;
		this.letters = letters;
		this.writing = writing;
		this.mapper = mapper;
		this.idempotency = idempotency;
		this.clock = clock;
		this.signer = properties.signer();
	}

	@Override
	public Mono<ResponseEntity<Calendar>> getCalendar(LocalDate from, LocalDate to, ServerWebExchange exchange) {
		return this.reminders.calendar(from, to)
			.map((calendar) -> calendar.between(from, to).stream().map(ReminderController::view).toList())
			.map((days) -> ResponseEntity.ok(new Calendar(this.mapper.toContract(days))));
	}

	@Override
	public Mono<ResponseEntity<ReminderRuleList>> listReminderRules(ServerWebExchange exchange) {
		return this.rules.all().map((rules) -> ResponseEntity.ok(new ReminderRuleList(this.mapper.toRules(rules))));
	}

	@Override
	public Mono<ResponseEntity<ReminderPreview>> previewReminders(LocalDate from, LocalDate to,
			ServerWebExchange exchange) {
		return this.reminders.between(from, to)
			.flatMap((due) -> this.letters.ofDays(due.stream().map((reminder) -> reminder.day().date()).toList())
				.map((made) -> due.stream().map((reminder) -> view(reminder, made)).toList()))
			.map((views) -> ResponseEntity.ok(new ReminderPreview(this.mapper.toReminders(views))));
	}

	@Override
	public Mono<ResponseEntity<LetterPage>> listLetters(Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		int size = Page.limit(limit);
		Instant now = this.clock.instant();
		return this.letters.newest(Cursor.decode(cursor, Instant.class, UUID.class).orElse(null), size + 1)
			.map((rows) -> Page.of(rows, size, (row) -> Cursor.encode(row.createdAt(), row.id())))
			.map((page) -> this.mapper.toContract(page.map((letter) -> LetterView.of(letter, now))))
			.map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<Letter>> makeLetter(Mono<LetterRequest> letterRequest, ServerWebExchange exchange) {
		return letterRequest.flatMap((request) -> this.idempotency.once(exchange, request, Letter.class,
				this.writing.make(request.getRuleId(), request.getHolidayDate())
					.map((letter) -> ResponseEntity.status(HttpStatus.CREATED).body(answer(letter)))));
	}

	@Override
	public Mono<ResponseEntity<Letter>> getLetter(UUID id, ServerWebExchange exchange) {
		return this.letters.find(id)
			.switchIfEmpty(Mono.error(() -> new NotFoundProblem()))
			.map((letter) -> ResponseEntity.ok(answer(letter)));
	}

	private Letter answer(cn.qingfeng.reminder.rule.Letter letter) {
		return this.mapper.toContract(LetterView.of(letter, this.clock.instant()));
	}

	private DueReminderView view(Reminder reminder, Map<Letters.Occasion, UUID> made) {
		LetterTemplate letter = reminder.letter(this.signer);
		return new DueReminderView(reminder.rule().id(), reminder.day().holiday(), reminder.day().date(),
				reminder.dueAt(), letter.title(), letter.markdown(), made.get(Letters.Occasion.of(reminder)));
	}

	private static CalendarDayView view(HolidayDay day) {
		String lunar = (day.holiday().kind() == Holiday.Kind.LUNAR) ? Holiday.lunarDate(day.date()) : null;
		return new CalendarDayView(day.date(), day.holiday(), day.holiday().kind(), lunar,
				day.daysOff().map(DaysOff::days).orElse(List.of()), day.published());
	}

}
