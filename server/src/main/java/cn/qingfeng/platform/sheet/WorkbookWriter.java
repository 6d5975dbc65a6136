package cn.qingfeng.platform.sheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * A workbook of one sheet. Texts stand in their cells, not in a shared table, which would
 * be kept to the end.
 */
final class WorkbookWriter implements SheetWriter {

	private static final String PRODUCT = "qingfeng";

	private static final double WIDTH = 18;

	private final ByteArrayOutputStream ready = new ByteArrayOutputStream();

	private final Workbook workbook = new Workbook(this.ready, PRODUCT, null);

	private final Worksheet sheet;

	private int row;

	WorkbookWriter(String name, List<String> head) {
		this.sheet = this.workbook.newWorksheet(name);
		this.sheet.freezePane(0, 1);
		for (int column = 0; column < head.size(); column++) {
			this.sheet.width(column, WIDTH);
		}
		write(head);
	}

	@Override
	public byte[] rows(List<? extends List<? extends @Nullable Object>> rows) {
		try {
			rows.forEach(this::write);
			this.sheet.flush();
			return drained();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("memory takes all", ex);
		}
	}

	@Override
	public byte[] end() {
		try {
			this.sheet.finish();
			this.workbook.finish();
			return drained();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("memory takes all", ex);
		}
	}

	private void write(List<? extends @Nullable Object> values) {
		for (int column = 0; column < values.size(); column++) {
			write(column, values.get(column));
		}
		this.row++;
	}

	private void write(int column, @Nullable Object value) {
		if (value instanceof Number number) {
			this.sheet.value(this.row, column, number);
		}
		else if (value != null) {
			this.sheet.inlineString(this.row, column, SheetWriter.harmless(value.toString()));
		}
	}

	private byte[] drained() {
		byte[] bytes = this.ready.toByteArray();
		this.ready.reset();
		return bytes;
	}

}
