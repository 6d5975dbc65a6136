package cn.qingfeng.quiz.exchange;

import java.util.List;

/**
 * A row of a table of questions.
 *
 * @param number as the spreadsheet counts, from 1
 * @param cells from the first column on
 */
record TableRow(int number, List<String> cells) {

	TableRow {
		cells = List.copyOf(cells);
	}

}
