package cn.qingfeng.quiz.attempt;

import java.util.UUID;

import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * A member hands in an own attempt.
 */
@Service
class AttemptSubmitting {

	private final Submissions submissions;

	private final AttemptReading reading;

	AttemptSubmitting(Submissions submissions, AttemptReading reading) {
		this.submissions = submissions;
		this.reading = reading;
	}

	/**
	 * The first result, however often it is called; 404 for a foreign one as for none.
	 */
	Mono<MarkedAttempt> submit(UUID attemptId, UUID memberId) {
		return this.submissions.submit(attemptId, memberId).flatMap(this.reading::marked);
	}

}
