package cn.qingfeng.platform.sheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * The only sheet of a workbook. Text stays text, so that no digit of it is lost.
 */
final class WorkbookSheet implements GrowingSheet {

	private static final String NAME = "Sheet1";

	private final ByteArrayOutputStream made = new ByteArrayOutputStream();

	private final Workbook workbook = new Workbook(this.made, "Qingfeng", "1.0");

	private final Worksheet sheet = this.workbook.newWorksheet(NAME);

	private int next;

	@Override
	public byte[] add(List<? extends List<?>> rows) throws IOException {
		rows.forEach(this::write);
		this.sheet.flush();
		return taken();
	}

	@Override
	public byte[] end() throws IOException {
		this.workbook.finish();
		return taken();
	}

	private void write(List<?> row) {
		for (int column = 0; column < row.size(); column++) {
			write(column, row.get(column));
		}
		this.next++;
	}

	private void write(int column, Object cell) {
		if (cell instanceof Number number) {
			this.sheet.value(this.next, column, number);
		}
		else if (!cell.toString().isEmpty()) {
			this.sheet.inlineString(this.next, column, HarmlessText.of(cell.toString()));
		}
	}

	private byte[] taken() {
		byte[] bytes = this.made.toByteArray();
		this.made.reset();
		return bytes;
	}

}
