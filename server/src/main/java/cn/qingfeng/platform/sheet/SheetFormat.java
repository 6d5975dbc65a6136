package cn.qingfeng.platform.sheet;

import org.springframework.http.MediaType;

/**
 * The files that a table is written to.
 */
public enum SheetFormat {

	/** A workbook of Excel and WPS. */
	XLSX("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),

	/** Text with commas, which spreadsheets open as well. */
	CSV("csv", "text/csv;charset=UTF-8");

	private final String extension;

	private final String mediaType;

	SheetFormat(String extension, String mediaType) {
		this.extension = extension;
		this.mediaType = mediaType;
	}

	/** Without a dot. */
	public String extension() {
		return this.extension;
	}

	public MediaType mediaType() {
		return MediaType.parseMediaType(this.mediaType);
	}

	GrowingSheet begin() {
		return switch (this) {
			case XLSX -> new WorkbookSheet();
			case CSV -> new CommaSheet();
		};
	}

}
