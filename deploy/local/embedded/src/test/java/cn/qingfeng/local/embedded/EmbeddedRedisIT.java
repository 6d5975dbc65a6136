package cn.qingfeng.local.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmbeddedRedisIT {

	@TempDir
	Path folder;

	@Test
	void dataSurvivesARestartOnAnotherPort() throws IOException {
		try (EmbeddedRedis redis = EmbeddedRedis.start(this.folder, 0)) {
			assertThat(Client.redis(redis, "SET greeting hello")).isEqualTo("+OK");
		}
		try (EmbeddedRedis redis = EmbeddedRedis.start(this.folder, 0)) {
			assertThat(Client.redis(redis, "GET greeting")).isEqualTo("hello");
		}
	}

	@Test
	void twoRunSideBySideOnFreePorts() throws IOException {
		try (EmbeddedRedis first = EmbeddedRedis.start(this.folder.resolve("first"), 0);
				EmbeddedRedis second = EmbeddedRedis.start(this.folder.resolve("second"), 0)) {
			Client.redis(first, "SET greeting hello");
			assertThat(Client.redis(second, "EXISTS greeting")).isEqualTo(":0");
		}
	}

	@Test
	void aFolderInUseIsRefused() {
		try (EmbeddedRedis running = EmbeddedRedis.start(this.folder, 0)) {
			assertThatExceptionOfType(EmbeddedServerException.class)
				.isThrownBy(() -> EmbeddedRedis.start(this.folder, 0))
				.withMessageContaining("in use");
			assertThat(running.pid()).isPositive();
		}
	}

	@Test
	void aStrangersServerKeepsItsPort() throws IOException {
		try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatExceptionOfType(EmbeddedServerException.class)
				.isThrownBy(() -> EmbeddedRedis.start(this.folder, stranger.getLocalPort()))
				.withMessageContaining("belongs to another program");
		}
	}

	@Test
	void aServerThatEndsAtOnceSaysWhy() {
		assertThatExceptionOfType(EmbeddedServerException.class)
			.isThrownBy(() -> EmbeddedRedis.start(this.folder, 0, "no-such-redis"))
			.withMessageContaining("Redis stopped at once")
			.withMessageContaining("no-such-redis");
	}

}
