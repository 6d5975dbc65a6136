package cn.qingfeng.platform.sheet;

import java.util.Locale;

import org.springframework.http.MediaType;

/**
 * Files that spreadsheets open.
 */
public enum SheetFormat {

	XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),

	/** UTF-8 with a byte order mark, or Excel takes it for GBK. */
	CSV("text/csv;charset=UTF-8");

	private final MediaType type;

	SheetFormat(String type) {
		this.type = MediaType.parseMediaType(type);
	}

	public MediaType type() {
		return this.type;
	}

	/** The ending of a file's name, without the dot. */
	public String ending() {
		return name().toLowerCase(Locale.ROOT);
	}

}
