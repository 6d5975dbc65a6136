package cn.qingfeng.platform.sheet;

import java.util.List;

/**
 * A row that is not empty.
 *
 * @param number as the spreadsheet counts, from 1
 * @param cells from the first column on
 */
public record SheetRow(int number, List<SheetCell> cells) {

	public SheetRow {
		cells = List.copyOf(cells);
	}

	/** The cell in a column, empty beyond the last. */
	public SheetCell cell(int column) {
		return (column < this.cells.size()) ? this.cells.get(column) : SheetCell.EMPTY;
	}

	boolean isEmpty() {
		return this.cells.stream().allMatch(SheetCell::isEmpty);
	}

}
