package cn.qingfeng.platform.sheet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import cn.qingfeng.platform.problem.Problem;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workbooks of Excel and WPS (xlsx). They are zip archives: how much they unfold to is
 * counted before anything is read into memory, by the same directory that the reader goes
 * by.
 */
final class Workbooks {

	private static final Logger log = LoggerFactory.getLogger(Workbooks.class);

	/** Ten times what the roster of a city takes. */
	private static final long MOST_UNFOLDED = 32L * 1024 * 1024;

	/** Columns end at XFD. */
	private static final Pattern FOUR_LETTERS = Pattern.compile("[A-Za-z]{4}");

	/** The same parser as the reader's; it resolves no entities. */
	private static final XMLInputFactory XML = new InputFactoryImpl();

	private static final int MOST_PARTS = 256;

	/** Shorter files have none to look at. */
	private static final int ZIP_SIGNATURE = 4;

	private Workbooks() {
	}

	static boolean isWorkbook(byte[] bytes) {
		return bytes.length >= ZIP_SIGNATURE && ReadableWorkbook.isOOXMLZipHeader(bytes);
	}

	static List<SheetRow> rows(byte[] bytes) {
		try {
			requireSmall(bytes);
			return read(bytes);
		}
		catch (Problem problem) {
			throw problem;
		}
		catch (IOException | RuntimeException ex) {
			log.info("a workbook cannot be read: {}", ex.toString());
			throw SheetLimits.refused("文件已损坏或加了密码，无法读取，请另存为 xlsx 后重试");
		}
	}

	private static void requireSmall(byte[] bytes) throws IOException {
		try (ZipFile zip = ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes)).get()) {
			List<ZipArchiveEntry> parts = Collections.list(zip.getEntries());
			if (parts.size() > MOST_PARTS) {
				throw SheetLimits.refused("工作簿的组成部分过多");
			}
			long left = MOST_UNFOLDED;
			for (ZipArchiveEntry part : parts) {
				left -= unfolded(zip, part, left);
				requireNarrow(zip, part);
			}
		}
	}

	private static long unfolded(ZipFile zip, ZipArchiveEntry part, long most) throws IOException {
		byte[] buffer = new byte[16_384];
		long size = 0;
		try (InputStream content = zip.getInputStream(part)) {
			for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
				size += read;
				if (size > most) {
					throw SheetLimits.refused("工作簿展开后过大");
				}
			}
		}
		return size;
	}

	/** The reader makes room for all columns up to the one that a cell names. */
	private static void requireNarrow(ZipFile zip, ZipArchiveEntry part) throws IOException {
		try (InputStream content = zip.getInputStream(part)) {
			XMLStreamReader xml = XML.createXMLStreamReader(content);
			while (xml.hasNext()) {
				if (xml.next() == XMLStreamConstants.START_ELEMENT && isFarAway(xml.getAttributeValue(null, "r"))) {
					throw SheetLimits.refused("工作簿的列数过多");
				}
			}
		}
		catch (XMLStreamException ex) {
			log.debug("{} is no XML: the reader gets no further in it either", part.getName());
		}
	}

	private static boolean isFarAway(@Nullable String place) {
		return place != null && FOUR_LETTERS.matcher(place).lookingAt();
	}

	private static List<SheetRow> read(byte[] bytes) throws IOException {
		SheetLimits limits = new SheetLimits();
		try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(bytes));
				Stream<Row> rows = workbook.getFirstSheet().openStream()) {
			rows.forEach((row) -> limits.add(row(row)));
		}
		return limits.rows();
	}

	private static SheetRow row(Row row) {
		List<SheetCell> cells = new ArrayList<>();
		row.iterator().forEachRemaining((cell) -> cells.add(cell(cell)));
		while (!cells.isEmpty() && cells.getLast().isEmpty()) {
			cells.removeLast();
		}
		return new SheetRow(row.getRowNum(), cells);
	}

	/** Cells that were never touched are missing. */
	private static SheetCell cell(@Nullable Cell cell) {
		if (cell == null) {
			return SheetCell.EMPTY;
		}
		return switch (cell.getType()) {
			case NUMBER -> SheetCell.number(cell.getRawValue());
			case FORMULA, ERROR -> SheetCell.text(Objects.requireNonNullElse(cell.getRawValue(), ""));
			case STRING, BOOLEAN, EMPTY -> SheetCell.text(Objects.requireNonNullElse(cell.getText(), ""));
		};
	}

}
