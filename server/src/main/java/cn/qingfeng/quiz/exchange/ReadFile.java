package cn.qingfeng.quiz.exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * What a file holds.
 *
 * @param questions that make sense, in the order of the file
 * @param errors of those that do not
 */
record ReadFile(List<DraftQuestion> questions, List<RowError> errors) {

	ReadFile {
		questions = List.copyOf(questions);
		errors = List.copyOf(errors);
	}

	/** A file that cannot be read at all. */
	static ReadFile unreadable(String message) {
		return new ReadFile(List.of(), List.of(new RowError(1, null, message)));
	}

	/** A file of one question. */
	static ReadFile of(int row, RowReader reader) {
		Builder file = new Builder();
		file.add(row, reader);
		return file.build();
	}

	/**
	 * Reads a file row by row; what a row throws becomes its error.
	 */
	static final class Builder {

		private final List<DraftQuestion> questions = new ArrayList<>();

		private final List<RowError> errors = new ArrayList<>();

		void add(int row, RowReader reader) {
			try {
				this.questions.add(reader.read().checked());
			}
			catch (RowException ex) {
				this.errors.add(new RowError(row, ex.column(), ex.words()));
			}
		}

		ReadFile build() {
			return (this.questions.isEmpty() && this.errors.isEmpty()) ? unreadable("文件里没有找到题目")
					: new ReadFile(this.questions, this.errors);
		}

	}

	/**
	 * Reads one question.
	 */
	interface RowReader {

		DraftQuestion read() throws RowException;

	}

}
