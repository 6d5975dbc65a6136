package cn.qingfeng.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import cn.qingfeng.local.embedded.EmbeddedPostgres;

import static org.awaitility.Awaitility.await;

/**
 * Looks at the tables of servers as their owner does, counts what was really committed,
 * and holds work up in its middle so that a server can be killed there.
 */
final class Witness {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final long GATE = 20261125;

	private final EmbeddedPostgres postgres;

	Witness(EmbeddedPostgres postgres) {
		this.postgres = postgres;
	}

	/** Begins to count, once the tables are there. */
	void watch() {
		run("CREATE TABLE witnessed (what text NOT NULL, subject text NOT NULL)");
		run("CREATE TABLE gate (what text NOT NULL, subject text NOT NULL)");
		run("""
				CREATE FUNCTION witness() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
				BEGIN
					INSERT INTO witnessed VALUES (TG_TABLE_NAME, to_jsonb(NEW) #>> TG_ARGV[0]::text[]);
					RETURN NULL;
				END $$
				""");
		run("""
				CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
				BEGIN
					IF EXISTS (SELECT FROM gate
							WHERE what = TG_TABLE_NAME AND subject = to_jsonb(NEW) #>> TG_ARGV[0]::text[]) THEN
						PERFORM pg_advisory_xact_lock_shared(%d);
					END IF;
					RETURN NEW;
				END $$
				"""
			.formatted(GATE));
		trigger("wechat_account", "INSERT OR UPDATE OF follows", "{openid}");
		trigger("outbox_event", "INSERT", "{payload,openid}");
		trigger("quiz_attempts", "UPDATE OF submitted_at", "{id}");
	}

	private void trigger(String table, String moment, String path) {
		run("CREATE TRIGGER a_gate BEFORE %s ON %s FOR EACH ROW EXECUTE FUNCTION wait_at_gate('%s')".formatted(moment,
				table, path));
		run("CREATE TRIGGER a_witness AFTER %s ON %s FOR EACH ROW EXECUTE FUNCTION witness('%s')".formatted(moment,
				table, path));
	}

	/** Lets a change to this table be held up too, for whoever has this number. */
	void guardByNumber(String table, String moment) {
		run("CREATE TRIGGER a_gate BEFORE %s ON %s FOR EACH ROW EXECUTE FUNCTION wait_at_gate('{number}')"
			.formatted(moment, table));
	}

	/** How often a change to this table that concerns the subject was committed. */
	long committed(String table, String subject) {
		return number("SELECT count(*) FROM witnessed WHERE what = ? AND subject = ?", table, subject);
	}

	/** Whoever changes this table for the subject waits until the gate is open. */
	Gate gate(String table, String subject) {
		return new Gate(connection(), table, subject);
	}

	long number(String query, Object... values) {
		return Long.parseLong(rows(query, values).getFirst().getFirst());
	}

	List<List<String>> rows(String query, Object... values) {
		try (Connection connection = connection();
				PreparedStatement statement = prepared(connection, query, values);
				ResultSet result = statement.executeQuery()) {
			List<List<String>> rows = new ArrayList<>();
			while (result.next()) {
				rows.add(row(result));
			}
			return rows;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(query, ex);
		}
	}

	private static List<String> row(ResultSet result) throws SQLException {
		List<String> row = new ArrayList<>();
		for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
			row.add(String.valueOf(result.getString(column)));
		}
		return row;
	}

	int run(String sql, Object... values) {
		try (Connection connection = connection()) {
			return run(connection, sql, values);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

	private static int run(Connection connection, String sql, Object... values) throws SQLException {
		try (PreparedStatement statement = prepared(connection, sql, values)) {
			statement.execute();
			return statement.getUpdateCount();
		}
	}

	private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
		PreparedStatement statement = connection.prepareStatement(sql);
		for (int i = 0; i < values.length; i++) {
			statement.setObject(i + 1, values[i]);
		}
		return statement;
	}

	private Connection connection() {
		try {
			return DriverManager.getConnection(this.postgres.jdbcUrl(this.postgres.database()), this.postgres.user(),
					this.postgres.password());
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Closed, in the sense of a gate, until it is closed in the sense of Java.
	 */
	final class Gate implements AutoCloseable {

		private final Connection holder;

		private Gate(Connection holder, String table, String subject) {
			this.holder = holder;
			try {
				run(holder, "SELECT pg_advisory_lock(" + GATE + ")");
				run(holder, "INSERT INTO gate VALUES (?, ?)", table, subject);
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

		void awaitSomebody() {
			await().atMost(PATIENCE).until(() -> number("""
					SELECT count(*) FROM pg_locks
					WHERE locktype = 'advisory' AND mode = 'ShareLock' AND NOT granted AND objid = ?::oid
					""", Long.toString(GATE)) > 0);
		}

		@Override
		public void close() {
			try (Connection open = this.holder) {
				run(open, "DELETE FROM gate");
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
