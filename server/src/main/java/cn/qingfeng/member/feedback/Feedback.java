package cn.qingfeng.member.feedback;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a member wrote, and what staff answered.
 *
 * @param id of the message
 * @param memberId who wrote it
 * @param kind COMPLAINT, SUGGESTION or PRIVACY
 * @param text as written
 * @param anonymous whether staff must not see who wrote it
 * @param submittedAt when
 * @param dueOn the last day for an answer
 * @param answer null until there is one
 * @param answeredBy who of staff answered
 * @param answeredAt when
 */
record Feedback(UUID id, UUID memberId, String kind, String text, boolean anonymous, Instant submittedAt,
		LocalDate dueOn, @Nullable String answer, @Nullable UUID answeredBy, @Nullable Instant answeredAt) {

	boolean isOverdue(LocalDate today) {
		return this.answeredAt == null && this.dueOn.isBefore(today);
	}

	@Override
	public String toString() {
		return "Feedback[%s]".formatted(this.id);
	}

}
