package cn.qingfeng.push;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What became of an article on the public account.
 *
 * @param subject the caller's id of the article
 * @param reason why it is not where it should be, in Chinese
 * @param urls where WeChat shows it, empty until it does
 * @param updatedAt when this was learnt
 */
public record Publication(UUID subject, State state, @Nullable String reason, List<String> urls, Instant updatedAt) {

	public Publication {
		urls = List.copyOf(urls);
	}

	/**
	 * How far it got.
	 */
	public enum State {

		/** On its way to WeChat. */
		SUBMITTING,

		/** WeChat has it and checks it. */
		SUBMITTED,

		/** Everybody with the address can read it. */
		PUBLISHED,

		/** WeChat refused it. */
		REFUSED,

		/** The answer was lost: a person must look at the public account. */
		DOUBTFUL,

		/** To be taken back. */
		WITHDRAWING,

		/** Nobody can read it any more. */
		WITHDRAWN

	}

}
