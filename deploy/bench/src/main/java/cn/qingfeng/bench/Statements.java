package cn.qingfeng.bench;

import java.util.List;

import cn.qingfeng.local.embedded.EmbeddedPostgres;

/**
 * Counts what the server's role runs, with {@code pg_stat_statements}, and only while
 * asked to: at other times it costs nothing.
 */
final class Statements {

	private final Database database;

	Statements(Database database) {
		this.database = database;
	}

	/** Takes effect with the next start of the database. */
	static void prepare(EmbeddedPostgres postgres) {
		Database.maintain(postgres, "ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'",
				"ALTER SYSTEM SET pg_stat_statements.track = 'none'", "CREATE EXTENSION pg_stat_statements",
				"GRANT pg_read_all_stats TO " + postgres.user());
	}

	Counted during(Runnable load) {
		this.database.maintain("ALTER SYSTEM SET pg_stat_statements.track = 'top'", "SELECT pg_reload_conf()",
				"SELECT pg_stat_statements_reset()");
		load.run();
		long calls = this.database.number("SELECT coalesce(sum(calls), 0) " + OF_THE_SERVER);
		List<String> most = this.database
			.column("SELECT calls || ' x ' || left(regexp_replace(query, '\\s+', ' ', 'g'), 120) " + OF_THE_SERVER
					+ " ORDER BY calls DESC LIMIT 3");
		this.database.maintain("ALTER SYSTEM SET pg_stat_statements.track = 'none'", "SELECT pg_reload_conf()");
		return new Counted(calls, most);
	}

	private static final String OF_THE_SERVER = """
			FROM pg_stat_statements s
			JOIN pg_roles r ON r.oid = s.userid
			WHERE r.rolname LIKE '%\\_app'
			""";

	/**
	 * What was counted.
	 *
	 * @param calls statements that the server ran
	 * @param most those that it ran most, with their numbers
	 */
	record Counted(long calls, List<String> most) {

		Counted {
			most = List.copyOf(most);
		}

	}

}
