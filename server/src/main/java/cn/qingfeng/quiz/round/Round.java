package cn.qingfeng.quiz.round;

import java.time.Instant;
import java.util.UUID;

import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.RoundState;
import org.jspecify.annotations.Nullable;

/**
 * One round: changed freely as a draft, not at all once published.
 *
 * @param id of the round
 * @param definition what was decided
 * @param publication null while a draft
 * @param version counts the changes
 */
record Round(RoundId id, RoundDefinition definition, @Nullable Publication publication, long version) {

	static Round draft(RoundId id, RoundDefinition definition) {
		return new Round(id, definition.checked(), null, 0);
	}

	RoundState state() {
		return (this.publication != null) ? RoundState.PUBLISHED : RoundState.DRAFT;
	}

	Round changed(RoundDefinition definition) {
		if (this.publication != null) {
			throw new QuizPublishedProblem();
		}
		return new Round(this.id, definition.checked(), null, this.version + 1);
	}

	/** With another end; both must be far enough that every node knows in time. */
	Round endingAt(Instant closesAt, Instant now) {
		Instant soon = now.plus(PublishedRounds.KNOWN_EVERYWHERE);
		if (this.publication == null || this.definition.closesAt().isBefore(soon) || closesAt.isBefore(soon)
				|| !closesAt.isAfter(this.definition.opensAt())) {
			throw new QuizEndingProblem();
		}
		return new Round(this.id, this.definition.endingAt(closesAt), this.publication, this.version + 1);
	}

	/** A draft again. */
	Round withdrawn(Instant now) {
		if (this.publication != null
				&& this.definition.opensAt().isBefore(now.plus(PublishedRounds.KNOWN_EVERYWHERE))) {
			throw new QuizStartedProblem();
		}
		return new Round(this.id, this.definition, null, this.version + 1);
	}

	Round published(Seed seed, String contentHash, Instant at, UUID by) {
		if (this.publication != null) {
			throw new QuizPublishedProblem();
		}
		if (!at.isBefore(this.definition.closesAt())) {
			throw new QuizOverProblem();
		}
		Publication publication = new Publication(seed.commitment(), contentHash, at, by);
		return new Round(this.id, this.definition, publication, this.version + 1);
	}

	/**
	 * What was made fast by publishing.
	 *
	 * @param commitment SHA-256 of the sealed seed
	 * @param contentHash of definition and questions
	 * @param at when
	 * @param by which member of staff
	 */
	record Publication(String commitment, String contentHash, Instant at, UUID by) {

	}

}
