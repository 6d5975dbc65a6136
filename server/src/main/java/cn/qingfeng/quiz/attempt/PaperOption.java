package cn.qingfeng.quiz.attempt;

/**
 * An option as it stands on one paper.
 *
 * @param text what the member reads
 * @param position in the author's order; stays on the server
 */
record PaperOption(String text, int position) {

	int bit() {
		return 1 << this.position;
	}

}
