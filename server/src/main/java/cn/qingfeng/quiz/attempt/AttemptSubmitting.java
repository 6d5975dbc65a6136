package cn.qingfeng.quiz.attempt;

import java.util.UUID;

import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * A member hands in an own attempt.
 */
@Service
class AttemptSubmitting {

	private final Sheets sheets;

	private final Submissions submissions;

	private final AttemptReading reading;

	AttemptSubmitting(Sheets sheets, Submissions submissions, AttemptReading reading) {
		this.sheets = sheets;
		this.submissions = submissions;
		this.reading = reading;
	}

	/** The first result, however often it is called. */
	Mono<MarkedPaper> submit(UUID attemptId, UUID memberId) {
		return this.sheets.own(attemptId, memberId)
			.flatMap((sheet) -> this.submissions.submit(sheet.attempt())
				.flatMap((answered) -> this.reading.marked(sheet, answered)));
	}

}
