package cn.qingfeng.quiz.exchange;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.quiz.exchange.Likeness.Alike;
import org.jspecify.annotations.Nullable;

/**
 * A file that was read for a bank, and perhaps added.
 *
 * @param id of the import
 * @param bankId where the questions go
 * @param format of the file
 * @param questions that can be added
 * @param errors of those that cannot
 * @param alike what a person should compare; it is added all the same
 * @param committedAt when it was added, null until then
 * @param added how many questions were, null until then
 */
record QuestionImport(UUID id, UUID bankId, QuestionFileFormat format, List<DraftQuestion> questions,
		List<RowError> errors, List<Alike> alike, @Nullable Instant committedAt, @Nullable Integer added) {

	QuestionImport {
		questions = List.copyOf(questions);
		errors = List.copyOf(errors);
		alike = List.copyOf(alike);
	}

	boolean isCommitted() {
		return this.committedAt != null;
	}

	QuestionImport committed(Instant at, int count) {
		return new QuestionImport(this.id, this.bankId, this.format, this.questions, this.errors, this.alike, at,
				count);
	}

}
