package cn.qingfeng.member.privacy;

import java.util.regex.Pattern;

/**
 * A column of cipher texts that follows a change of keys. A datum named {@code phone} of
 * the table {@code member} lies in its columns {@code phone_cipher} and
 * {@code phone_key}, sealed for the owner {@code member.phone:id}. Each column is a bean.
 *
 * @param table its key is {@code id}
 * @param name of the datum
 */
public record SealedColumn(String table, String name) {

	private static final Pattern IDENTIFIER = Pattern.compile("[a-z_]+");

	public SealedColumn {
		if (!IDENTIFIER.matcher(table).matches() || !IDENTIFIER.matcher(name).matches()) {
			throw new IllegalArgumentException("not the name of a column");
		}
	}

	String owner(Object id) {
		return this.table + "." + this.name + ":" + id;
	}

	/** Puts the table in the first place of a statement and the datum in the second. */
	String sql(String template) {
		return template.formatted(this.table, this.name);
	}

}
