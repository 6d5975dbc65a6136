package cn.qingfeng.platform.sheet;

import java.util.ArrayList;
import java.util.List;

import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.platform.problem.Violations;

/**
 * Collects rows and refuses tables that are none of people.
 */
final class SheetLimits {

	private static final int MOST_ROWS = 20_000;

	private static final int MOST_COLUMNS = 100;

	private static final int MOST_CHARACTERS = 4_000;

	private final List<SheetRow> rows = new ArrayList<>();

	private int seen;

	void add(SheetRow row) {
		if (++this.seen > MOST_ROWS) {
			throw refused("表格超过 %d 行，请拆成几个文件".formatted(MOST_ROWS));
		}
		if (row.cells().size() > MOST_COLUMNS) {
			throw refused("表格超过 %d 列".formatted(MOST_COLUMNS));
		}
		if (row.cells().stream().anyMatch((cell) -> cell.text().length() > MOST_CHARACTERS)) {
			throw refused("第 %d 行有单元格内容过长".formatted(row.number()));
		}
		if (!row.isEmpty()) {
			this.rows.add(row);
		}
	}

	List<SheetRow> rows() {
		return List.copyOf(this.rows);
	}

	static Problem refused(String why) {
		return Violations.of("file", why);
	}

}
