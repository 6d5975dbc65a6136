package cn.qingfeng.quiz.attempt;

import cn.qingfeng.quiz.round.AnswerKey;
import cn.qingfeng.quiz.round.PublishedRound;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Writes receipts.
 */
@Component
class Receipts {

	private final AttemptReading reading;

	private final AttemptBodies bodies;

	private final JsonMapper json;

	Receipts(AttemptReading reading, AttemptBodies bodies, JsonMapper json) {
		this.reading = reading;
		this.bodies = bodies;
		this.json = json;
	}

	/**
	 * Ahead of the closing, to be given only when that is durable.
	 * @param closed as it is about to be written
	 * @param round of it
	 * @param key that it was scored by
	 */
	Receipt prepare(AnsweredAttempt closed, PublishedRound round, AnswerKey key) {
		return receipt(this.reading.atClosing(closed, round, key));
	}

	/** Of one that was closed before. */
	Mono<Receipt> again(AnsweredAttempt closed) {
		return this.reading.marked(closed).map(this::receipt);
	}

	private Receipt receipt(MarkedAttempt marked) {
		return new Receipt(marked, this.json.writeValueAsBytes(this.bodies.result(marked)));
	}

}
