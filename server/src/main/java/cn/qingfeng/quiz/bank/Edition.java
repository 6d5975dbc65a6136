package cn.qingfeng.quiz.bank;

import java.time.LocalDate;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One edition of a document that questions rest on.
 *
 * @param id of the edition
 * @param title of the document, without its marks
 * @param edition such as 2023年修订, empty when nobody has said
 * @param validFrom its first day
 * @param supersededBy the edition that took its place, null while it is current
 * @param questions that rest on it, the withdrawn left out
 */
record Edition(UUID id, String title, String edition, @Nullable LocalDate validFrom, @Nullable UUID supersededBy,
		int questions) {

}
