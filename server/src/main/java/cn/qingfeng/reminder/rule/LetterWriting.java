package cn.qingfeng.reminder.rule;

import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;

import cn.qingfeng.content.ArticleId;
import cn.qingfeng.content.Articles;
import cn.qingfeng.content.NewArticle;
import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.reminder.ReminderProperties;
import cn.qingfeng.staff.Audit;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Makes the letter of a due reminder: an article that is with the reviewers at once.
 */
@Service
class LetterWriting {

	private final Reminders reminders;

	private final Letters letters;

	private final Articles articles;

	private final Audit audit;

	private final Transactions transactions;

	private final IdGenerator ids;

	private final Clock clock;

	private final String signer;

	LetterWriting(Reminders reminders, Letters letters, Articles articles, Audit audit, Transactions transactions,
			IdGenerator ids, Clock clock, ReminderProperties properties) {
		this.reminders = reminders;
		this.letters = letters;
		this.articles = articles;
		this.audit = audit;
		this.transactions = transactions;
		this.ids = ids;
		this.clock = clock;
		this.signer = properties.signer();
	}

	Mono<Letter> make(UUID rule, LocalDate holidayDate) {
		return refuseSecond(rule, holidayDate).then(this.reminders.find(rule, holidayDate))
			.flatMap((reminder) -> CurrentStaff.mono().flatMap((staff) -> write(reminder, staff.staffId())))
			.flatMap((letter) -> this.audit.record("letter.make", letter.id().toString()).thenReturn(letter))
			.as(this.transactions::inTransaction);
	}

	private Mono<Void> refuseSecond(UUID rule, LocalDate holidayDate) {
		return this.letters.of(rule, holidayDate).flatMap((letter) -> Mono.error(() -> new LetterProblem(letter.id())));
	}

	private Mono<Letter> write(Reminder reminder, UUID author) {
		LetterTemplate text = reminder.letter(this.signer);
		return this.articles
			.submit(new NewArticle(text.column(), text.title(), text.summary(), text.author(), text.markdown(),
					text.sources(), author))
			.map((article) -> letter(reminder, text, article, author))
			.flatMap(this.letters::insert);
	}

	private Letter letter(Reminder reminder, LetterTemplate text, ArticleId article, UUID author) {
		return new Letter(this.ids.next(), reminder.rule().id(), reminder.day().holiday(), reminder.day().date(),
				reminder.dueAt(), text.title(), text.summary(), article.value(), null, author, this.clock.instant());
	}

}
