package cn.qingfeng.platform.database;

import java.util.Objects;

import io.r2dbc.spi.Readable;

/**
 * Reads columns that are NOT NULL.
 */
public final class Columns {

	private Columns() {
	}

	/**
	 * The value of a column.
	 * @param row of the answer
	 * @param name of the column
	 * @param type to read it as
	 * @param <T> the type
	 * @return never null
	 */
	public static <T> T get(Readable row, String name, Class<T> type) {
		return Objects.requireNonNull(row.get(name, type), name);
	}

}
