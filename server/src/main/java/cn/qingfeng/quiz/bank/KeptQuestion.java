package cn.qingfeng.quiz.bank;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A question as its keepers see it.
 *
 * @param bankId of its bank
 * @param question with its key
 * @param edition on which it was last confirmed
 * @param withdrawn whether it is out for good
 * @param version counts the changes
 */
record KeptQuestion(UUID bankId, Question question, @Nullable Edition edition, boolean withdrawn, long version) {

	State state() {
		if (this.withdrawn) {
			return State.WITHDRAWN;
		}
		boolean superseded = this.edition != null && this.edition.supersededBy() != null;
		return superseded ? State.SUSPENDED : State.ACTIVE;
	}

	/** Whether new rounds may draw it. */
	enum State {

		ACTIVE,

		/** Its edition is superseded and nobody has confirmed it since. */
		SUSPENDED,

		WITHDRAWN

	}

}
