package cn.qingfeng.quiz.bank;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A bank of questions on one document.
 *
 * @param id of the bank
 * @param key for seeds and imports
 * @param title for staff
 * @param document full name of what it asks about
 * @param documentVersion its revision when the bank was seeded
 * @param questions how many, the withdrawn left out
 * @param archived whether it is kept out of new rounds
 * @param version counts the changes
 */
public record Bank(UUID id, String key, String title, String document, @Nullable String documentVersion, int questions,
		boolean archived, long version) {

	/** Fails with 409 when it is archived. */
	public Bank requireOpen() {
		if (this.archived) {
			throw new BankArchivedProblem();
		}
		return this;
	}

}
