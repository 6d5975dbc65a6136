package cn.qingfeng.local.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmbeddedPostgresIT {

	@TempDir
	Path folder;

	@Test
	void dataSurvivesARestartOnAnotherPort() throws SQLException {
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start(this.folder, 0)) {
			Client.sql(postgres, "CREATE TABLE note (text text)");
			Client.sql(postgres, "INSERT INTO note VALUES ('清风')");
		}
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start(this.folder, 0)) {
			assertThat(Client.sql(postgres, "SELECT text FROM note")).isEqualTo("清风");
		}
	}

	@Test
	void itIsTheVersionOfProductionAndWritesDurably() throws SQLException {
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start(this.folder, 0)) {
			assertThat(Client.sql(postgres, "SHOW server_version")).startsWith("18.");
			assertThat(Client.sql(postgres, "SHOW fsync")).isEqualTo("on");
			assertThat(Client.sql(postgres, "SHOW synchronous_commit")).isEqualTo("on");
			assertThat(Client.sql(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
			assertThat(Client.sql(postgres, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
				.isEqualTo("f");
		}
	}

	@Test
	void aDatabaseIsMadeFromATemplateAndDropped() throws SQLException {
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start(this.folder, 0)) {
			postgres.createDatabase("first", "template1");
			Client.sql(postgres, "first", "CREATE TABLE note (text text)");
			postgres.createDatabase("second", "first");
			postgres.createDatabase("second", "first");
			assertThat(Client.sql(postgres, "second", "SELECT count(*) FROM note")).isEqualTo("0");
			postgres.dropDatabase("second");
			assertThat(Client.sql(postgres, "SELECT count(*) FROM pg_database WHERE datname = 'second'"))
				.isEqualTo("0");
		}
	}

	@Test
	void twoRunSideBySideOnFreePorts() throws SQLException {
		try (EmbeddedPostgres first = EmbeddedPostgres.start(this.folder.resolve("first"), 0);
				EmbeddedPostgres second = EmbeddedPostgres.start(this.folder.resolve("second"), 0)) {
			assertThat(first.port()).isNotEqualTo(second.port());
			Client.sql(first, "CREATE TABLE note (text text)");
			assertThat(Client.sql(second, "SELECT count(*) FROM pg_tables WHERE tablename = 'note'")).isEqualTo("0");
		}
	}

	@Test
	void aFolderInUseIsRefused() throws SQLException {
		try (EmbeddedPostgres running = EmbeddedPostgres.start(this.folder, 0)) {
			assertThatExceptionOfType(EmbeddedServerException.class)
				.isThrownBy(() -> EmbeddedPostgres.start(this.folder, 0))
				.withMessageContaining("in use");
			assertThat(Client.sql(running, "SELECT 1")).isEqualTo("1");
		}
	}

	@Test
	void aStrangersServerKeepsItsPort() throws IOException {
		try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatExceptionOfType(EmbeddedServerException.class)
				.isThrownBy(() -> EmbeddedPostgres.start(this.folder, stranger.getLocalPort()))
				.withMessageContaining("belongs to another program");
			assertThat(stranger.isClosed()).isFalse();
		}
	}

	@Test
	void aStrangerWithTheNumberOfADeadServerIsLeftAlone() throws IOException, SQLException {
		EmbeddedPostgres.start(this.folder, 0).close();
		Process stranger = new ProcessBuilder("sleep", "300").start();
		try {
			Files.writeString(this.folder.resolve("data/postmaster.pid"), stranger.pid() + "\n/elsewhere\n");
			try (EmbeddedPostgres postgres = EmbeddedPostgres.start(this.folder, 0)) {
				assertThat(Client.sql(postgres, "SELECT 1")).isEqualTo("1");
				assertThat(stranger.isAlive()).isTrue();
			}
		}
		finally {
			stranger.destroy();
		}
	}

	@Test
	void afterAKillOfTheServerTheNextStartRecovers() throws IOException, SQLException {
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start(this.folder, 0)) {
			Client.sql(postgres, "CREATE TABLE note (text text)");
			Client.sql(postgres, "INSERT INTO note VALUES ('answered')");
			new ProcessBuilder("kill", "-9", Long.toString(postgres.pid())).start();
			assertThat(ChildJvm.ended(postgres.pid())).isTrue();
		}
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start(this.folder, 0)) {
			assertThat(Client.sql(postgres, "SELECT text FROM note")).isEqualTo("answered");
		}
	}

	@Test
	void aHalfPreparedFolderIsPreparedAgain() throws IOException, SQLException {
		Files.createDirectories(this.folder.resolve("data.initialising"));
		Files.writeString(this.folder.resolve("data.initialising/PG_VERSION"), "18\n");
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start(this.folder, 0)) {
			assertThat(Client.sql(postgres, "SELECT 1")).isEqualTo("1");
		}
	}

	@Test
	void aFolderOfAnotherVersionIsRefused() throws IOException {
		Files.createDirectories(this.folder.resolve("data"));
		Files.writeString(this.folder.resolve("data/PG_VERSION"), "17\n");
		assertThatExceptionOfType(EmbeddedServerException.class)
			.isThrownBy(() -> EmbeddedPostgres.start(this.folder, 0))
			.withMessageContaining("written by PostgreSQL 17; this one is 18");
	}

}
