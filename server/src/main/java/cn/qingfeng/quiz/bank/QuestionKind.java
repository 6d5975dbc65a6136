package cn.qingfeng.quiz.bank;

public enum QuestionKind {

	SINGLE, MULTIPLE, TRUE_FALSE,

	/** Each blank is compared with what is accepted for it. */
	FILL_IN,

	/** Looked through for keywords. */
	SHORT;

	/** Whether the answer is text and not a choice of options. */
	public boolean isWritten() {
		return this == FILL_IN || this == SHORT;
	}

}
