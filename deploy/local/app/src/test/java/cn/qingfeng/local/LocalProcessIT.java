package cn.qingfeng.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

class LocalProcessIT {

	@TempDir
	Path folder;

	@Test
	void itStopsWithoutATraceAndGoesOnWithTheSameDataAndKeys() throws IOException, InterruptedException {
		try (LocalProcess first = LocalProcess.start(this.folder)) {
			assertThat(first.stop()).isEqualTo(143);
			assertThat(first.leavesNothing()).isTrue();
			assertThat(first.output().lines()).noneMatch((line) -> line.contains(" ERROR "));
		}
		String key = Files.readString(this.folder.resolve("data/secrets/privacy-key"));
		try (LocalProcess second = LocalProcess.start(this.folder)) {
			WebTestClient.bindToServer()
				.baseUrl(second.url())
				.build()
				.get()
				.uri("/actuator/health/readiness")
				.exchange()
				.expectStatus()
				.isOk();
			assertThat(second.output()).doesNotContain("seeds of roster loaded");
			second.kill();
			assertThat(second.leavesNothing()).isTrue();
		}
		assertThat(this.folder.resolve("data/secrets/privacy-key")).hasContent(key);
		try (LocalProcess third = LocalProcess.start(this.folder)) {
			assertThat(third.stop()).isEqualTo(143);
			assertThat(third.leavesNothing()).isTrue();
		}
	}

}
