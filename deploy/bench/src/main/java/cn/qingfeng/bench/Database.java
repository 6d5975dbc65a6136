package cn.qingfeng.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import cn.qingfeng.local.embedded.EmbeddedPostgres;

/**
 * The database as its owner sees it, over one connection; and as its superuser does, for
 * what no owner may.
 */
final class Database implements AutoCloseable {

	private static final String SUPERUSER = "postgres";

	private final EmbeddedPostgres postgres;

	private final Connection owner;

	Database(EmbeddedPostgres postgres) {
		this.postgres = postgres;
		this.owner = connect(postgres, postgres.user());
	}

	private static Connection connect(EmbeddedPostgres postgres, String user) {
		try {
			return DriverManager.getConnection(postgres.jdbcUrl(postgres.database()), user, postgres.password());
		}
		catch (SQLException ex) {
			throw new BenchException("The database does not answer", ex);
		}
	}

	int run(String sql, Object... values) {
		return run(this.owner, sql, values);
	}

	/** Each statement by itself, as the superuser. */
	static void maintain(EmbeddedPostgres postgres, String... statements) {
		try (Connection connection = connect(postgres, SUPERUSER)) {
			for (String statement : statements) {
				run(connection, statement);
			}
		}
		catch (SQLException ex) {
			throw new BenchException("The database could not be prepared", ex);
		}
	}

	void maintain(String... statements) {
		maintain(this.postgres, statements);
	}

	long number(String sql, Object... values) {
		return Long.parseLong(column(sql, values).getFirst());
	}

	/** The first column of all rows. */
	List<String> column(String sql, Object... values) {
		try (PreparedStatement statement = prepared(this.owner, sql, values);
				ResultSet result = statement.executeQuery()) {
			List<String> column = new ArrayList<>();
			while (result.next()) {
				column.add(result.getString(1));
			}
			return column;
		}
		catch (SQLException ex) {
			throw new BenchException(sql, ex);
		}
	}

	private static int run(Connection connection, String sql, Object... values) {
		try (PreparedStatement statement = prepared(connection, sql, values)) {
			statement.execute();
			return statement.getUpdateCount();
		}
		catch (SQLException ex) {
			throw new BenchException(sql, ex);
		}
	}

	private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
		PreparedStatement statement = connection.prepareStatement(sql);
		for (int i = 0; i < values.length; i++) {
			statement.setObject(i + 1, values[i]);
		}
		return statement;
	}

	@Override
	public void close() {
		try {
			this.owner.close();
		}
		catch (SQLException ex) {
			throw new BenchException("The connection does not close", ex);
		}
	}

}
