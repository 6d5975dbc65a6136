package cn.qingfeng.local.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Asks the servers.
 */
final class Client {

	private Client() {
	}

	static String sql(EmbeddedPostgres postgres, String statement) throws SQLException {
		return sql(postgres, postgres.database(), statement);
	}

	static String sql(EmbeddedPostgres postgres, String database, String text) throws SQLException {
		try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl(database), postgres.user(),
				postgres.password()); Statement statement = connection.createStatement()) {
			if (!statement.execute(text)) {
				return Integer.toString(statement.getUpdateCount());
			}
			try (ResultSet result = statement.getResultSet()) {
				result.next();
				return result.getString(1);
			}
		}
	}

	static String redis(EmbeddedRedis redis, String command) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
			socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
			InputStream input = socket.getInputStream();
			StringBuilder answer = new StringBuilder();
			for (int octet = input.read(); octet > 0 && (octet != '\n' || answer.charAt(0) == '$'
					&& answer.chars().filter((character) -> character == '\n').count() == 0); octet = input.read()) {
				answer.append((char) octet);
			}
			return answer.toString().replaceFirst("^\\$\\d+\\r\\n", "").trim();
		}
	}

}
