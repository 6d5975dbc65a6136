package cn.qingfeng.member.roster;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.sheet.SheetCell;
import cn.qingfeng.platform.sheet.SheetRow;

/**
 * A table in which the columns of a roster were recognised. Titles and remarks may stand
 * above the headers.
 *
 * @param columns where each field stands
 * @param headers as the file has them
 * @param rows below the headers
 */
record RosterTable(Map<RosterField, Integer> columns, Map<RosterField, String> headers, List<SheetRow> rows) {

	private static final int SEARCHED = 10;

	private static final List<RosterField> REQUIRED = List.of(RosterField.NAME, RosterField.PHONE, RosterField.UNIT);

	static RosterTable of(List<SheetRow> rows) {
		for (int i = 0; i < Math.min(SEARCHED, rows.size()); i++) {
			RosterTable table = under(rows.get(i), rows.subList(i + 1, rows.size()));
			if (table.columns.size() >= 2 && table.columns.containsKey(RosterField.NAME)) {
				return table.required();
			}
		}
		throw Violations.of("file", "前 %d 行里没有找到表头，表头须有姓名、手机和单位".formatted(SEARCHED));
	}

	SheetCell cell(SheetRow row, RosterField field) {
		Integer column = this.columns.get(field);
		return (column != null) ? row.cell(column) : SheetCell.EMPTY;
	}

	String header(RosterField field) {
		return this.headers.getOrDefault(field, field.header());
	}

	private RosterTable required() {
		List<String> missing = REQUIRED.stream()
			.filter((field) -> !this.columns.containsKey(field))
			.map(RosterField::header)
			.toList();
		if (!missing.isEmpty()) {
			throw Violations.of("file", "表格缺少这些列：" + String.join("、", missing));
		}
		return this;
	}

	private static RosterTable under(SheetRow headers, List<SheetRow> rows) {
		Map<RosterField, Integer> columns = new EnumMap<>(RosterField.class);
		Map<RosterField, String> names = new EnumMap<>(RosterField.class);
		for (int i = 0; i < headers.cells().size(); i++) {
			String header = headers.cell(i).text();
			int column = i;
			RosterField.of(header).filter((field) -> !columns.containsKey(field)).ifPresent((field) -> {
				columns.put(field, column);
				names.put(field, header);
			});
		}
		return new RosterTable(columns, names, rows);
	}

}
