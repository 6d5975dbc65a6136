package cn.qingfeng.quiz.correction;

import java.time.Instant;
import java.util.UUID;

import cn.qingfeng.quiz.RoundId;
import org.jspecify.annotations.Nullable;

/**
 * A change of the key of one question of a published round.
 *
 * @param id of the correction
 * @param roundId of the round
 * @param question what it is about
 * @param key right by this correction
 * @param previous right before
 * @param explanation instead of the present one, null to keep that
 * @param reason for the members whose result it changes
 * @param state how far it has got
 * @param proposedBy who found the mistake
 * @param proposedAt when
 * @param decision of somebody else, null before it
 * @param effect on the results so far
 */
record Correction(UUID id, RoundId roundId, Question question, Key key, Key previous, @Nullable String explanation,
		String reason, State state, UUID proposedBy, Instant proposedAt, @Nullable Decision decision, Effect effect) {

	static Correction proposed(UUID id, RoundId roundId, CorrectedKey key, Proposal proposal, UUID by, Instant at) {
		return new Correction(id, roundId, key.question(), key.by(proposal), key.present(), proposal.explanation(),
				proposal.reason(), State.PROPOSED, by, at, null, Effect.NONE);
	}

	/** Who may decide now. */
	void requireDecidableBy(UUID staff) {
		if (this.state != State.PROPOSED) {
			throw new CorrectionDecidedProblem();
		}
		if (this.proposedBy.equals(staff)) {
			throw new OwnCorrectionProblem();
		}
	}

	enum State {

		PROPOSED, REJECTED,

		/** In force; attempts handed in before are being scored again. */
		REGRADING,

		DONE

	}

	/**
	 * The question.
	 *
	 * @param id of the question
	 * @param stem what is asked
	 */
	record Question(UUID id, String stem) {

	}

	/**
	 * What somebody else said.
	 *
	 * @param by who
	 * @param at when
	 * @param comment why
	 */
	record Decision(UUID by, Instant at, @Nullable String comment) {

	}

	/**
	 * What became of the results.
	 *
	 * @param changed attempts with another result
	 * @param raised those with a higher score
	 * @param lowered those with a lower one
	 * @param newlyPassed those that pass now
	 * @param noLongerPassed those that do not any more
	 */
	record Effect(int changed, int raised, int lowered, int newlyPassed, int noLongerPassed) {

		static final Effect NONE = new Effect(0, 0, 0, 0, 0);

	}

}
