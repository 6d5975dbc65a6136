package cn.qingfeng.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SecretFolderTests {

	@TempDir
	Path folder;

	@Test
	void aKeyIsMadeOnceAndForItsOwnerAlone() throws IOException {
		String key = new SecretFolder(this.folder.resolve("secrets")).key("privacy-key");
		assertThat(Base64.getDecoder().decode(key)).hasSize(32);
		assertThat(new SecretFolder(this.folder.resolve("secrets")).key("privacy-key")).isEqualTo(key);
		assertThat(new SecretFolder(this.folder.resolve("secrets")).key("privacy-index-key")).isNotEqualTo(key);
		assertThat(PosixFilePermissions
			.toString(Files.getPosixFilePermissions(this.folder.resolve("secrets/privacy-key"))))
			.isEqualTo("rw-------");
	}

}
