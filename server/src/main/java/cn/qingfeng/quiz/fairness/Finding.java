package cn.qingfeng.quiz.fairness;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Something that looks odd.
 *
 * @param kind of what
 * @param reason in Chinese
 * @param attempts that it is about
 */
record Finding(Kind kind, String reason, List<SuspectAttempt> attempts) {

	Finding {
		attempts = List.copyOf(attempts);
	}

	enum Kind {

		PACE, ALIKE, DEVICE

	}

	/**
	 * An attempt.
	 *
	 * @param id of the attempt
	 * @param memberId whose
	 * @param startedAt when it began
	 * @param submittedAt when it was handed in
	 * @param score of 100
	 */
	record SuspectAttempt(UUID id, UUID memberId, Instant startedAt, Instant submittedAt, int score) {

	}

}
