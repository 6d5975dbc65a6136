package cn.qingfeng.member.feedback;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Messages of members. Their ids grow with time.
 */
@Repository
class FeedbackStore {

	private static final String COLUMNS = """
			f.id, f.member_id, f.kind, f.text, f.anonymous, f.submitted_at, f.due_on, f.answer, f.answered_by, f.answered_at
			""";

	private final DatabaseClient database;

	FeedbackStore(DatabaseClient database) {
		this.database = database;
	}

	/** False when the member has written too often in the last day. */
	Mono<Boolean> insert(Feedback message, int perDay) {
		return this.database.sql("""
				INSERT INTO feedback (id, member_id, kind, text, anonymous, submitted_at, due_on)
				SELECT :id, :memberId, :kind, :text, :anonymous, :now, :dueOn
				WHERE (SELECT count(*) FROM feedback WHERE member_id = :memberId AND submitted_at > :since) < :perDay
				""")
			.bind("id", message.id())
			.bind("memberId", message.memberId())
			.bind("kind", message.kind())
			.bind("text", message.text())
			.bind("anonymous", message.anonymous())
			.bind("now", message.submittedAt())
			.bind("dueOn", message.dueOn())
			.bind("since", message.submittedAt().minus(Duration.ofDays(1)))
			.bind("perDay", perDay)
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == 1);
	}

	Mono<List<Feedback>> ofMember(UUID memberId, UUID before, int limit) {
		return this.database.sql("SELECT " + COLUMNS
				+ "FROM feedback f WHERE f.member_id = :memberId AND f.id < :before ORDER BY f.id DESC LIMIT :limit")
			.bind("memberId", memberId)
			.bind("before", before)
			.bind("limit", limit)
			.mapProperties(Feedback.class)
			.all()
			.collectList();
	}

	/** Of members of these units, newest first. */
	Mono<List<Feedback>> ofUnits(Collection<UUID> units, Wanted wanted, LocalDate today, UUID before, int limit) {
		return this.database.sql("SELECT " + COLUMNS + """
				FROM feedback f JOIN member m ON m.id = f.member_id
				WHERE m.unit_id = ANY (:units) AND f.id < :before AND f.due_on < :dueBefore
				""" + wanted.condition + " ORDER BY f.id DESC LIMIT :limit")
			.bind("units", units.toArray(UUID[]::new))
			.bind("before", before)
			.bind("dueBefore", (wanted == Wanted.OVERDUE) ? today : LocalDate.of(9999, 12, 31))
			.bind("limit", limit)
			.mapProperties(Feedback.class)
			.all()
			.collectList();
	}

	Mono<Feedback> lock(UUID id, Collection<UUID> units) {
		return this.database.sql("SELECT " + COLUMNS + """
				FROM feedback f JOIN member m ON m.id = f.member_id
				WHERE f.id = :id AND m.unit_id = ANY (:units) FOR UPDATE OF f
				""").bind("id", id).bind("units", units.toArray(UUID[]::new)).mapProperties(Feedback.class).one();
	}

	Mono<Void> answer(UUID id, String answer, UUID staffId, Instant now) {
		return this.database
			.sql("UPDATE feedback SET answer = :answer, answered_by = :staffId, answered_at = :now WHERE id = :id")
			.bind("answer", answer)
			.bind("staffId", staffId)
			.bind("now", now)
			.bind("id", id)
			.then();
	}

	/**
	 * Which messages are asked for.
	 */
	enum Wanted {

		/** All of them. */
		ALL(""),

		/** Those without an answer. */
		OPEN("AND f.answered_at IS NULL"),

		/** Those without an answer whose time is over. */
		OVERDUE("AND f.answered_at IS NULL"),

		/** Those with an answer. */
		ANSWERED("AND f.answered_at IS NOT NULL");

		private final String condition;

		Wanted(String condition) {
			this.condition = condition;
		}

	}

}
