package cn.qingfeng.quiz.statistics;

import java.util.List;

import cn.qingfeng.quiz.bank.Written;

/**
 * Answers that got about as much of a question's marks.
 *
 * @param from percent
 * @param to percent, included
 */
record CreditBand(int from, int to) {

	private static final int FULL = 100;

	private static final int THOUSANDTHS = Written.FULL_CREDIT / FULL;

	/** Those that got something but not all, and those that got nothing. */
	static final List<CreditBand> SHORT_OF_FULL = List.of(new CreditBand(0, 0), new CreditBand(1, 24),
			new CreditBand(25, 49), new CreditBand(50, 74), new CreditBand(75, 99));

	static final CreditBand FULL_MARKS = new CreditBand(FULL, FULL);

	/** Thousandths; less than one percent is more than nothing. */
	int least() {
		return (this.from > 1) ? this.from * THOUSANDTHS : this.from;
	}

	/** Thousandths; fractions of a percent belong to the lower band. */
	int most() {
		return (this.to > 0) ? this.to * THOUSANDTHS + THOUSANDTHS - 1 : 0;
	}

}
