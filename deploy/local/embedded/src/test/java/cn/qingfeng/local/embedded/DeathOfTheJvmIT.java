package cn.qingfeng.local.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DeathOfTheJvmIT {

	private static final String NOBODY = "65534";

	@TempDir
	Path folder;

	@Test
	void killingTheJvmLeavesNoServerBehind() throws IOException {
		ChildJvm child = ChildJvm.start(this.folder);
		child.kill();
		assertThat(ChildJvm.ended(child.postgresPid())).isTrue();
		assertThat(ChildJvm.ended(child.redisPid())).isTrue();
		startAgain();
	}

	@Test
	void orphansOfOursAreStoppedAtTheNextStart() throws IOException {
		ChildJvm child = ChildJvm.start(this.folder);
		child.killWithGuards();
		assertThat(ProcessHandle.of(child.postgresPid())).hasValueSatisfying(ProcessHandle::isAlive);
		assertThat(ProcessHandle.of(child.redisPid())).hasValueSatisfying(ProcessHandle::isAlive);
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start(this.folder.resolve("postgres"), child.postgresPort());
				EmbeddedRedis redis = EmbeddedRedis.start(this.folder.resolve("redis"), child.redisPort())) {
			assertThat(postgres.pid()).isNotEqualTo(child.postgresPid());
			assertThat(redis.pid()).isNotEqualTo(child.redisPid());
			assertThat(ChildJvm.ended(child.postgresPid())).isTrue();
			assertThat(ChildJvm.ended(child.redisPid())).isTrue();
		}
	}

	@Test
	@EnabledIf("isRoot")
	void anOrdinaryUserStartsTheServersToo() throws IOException {
		Files.setPosixFilePermissions(this.folder, PosixFilePermissions.fromString("rwxrwxrwx"));
		Path libraries = Files.createDirectory(this.folder.resolve("lib"));
		ChildJvm child = ChildJvm.start(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups",
				"env", "XDG_CACHE_HOME=" + this.folder.resolve("cache")), readableClassPath(libraries), this.folder);
		child.kill();
		assertThat(ChildJvm.ended(child.postgresPid())).isTrue();
		assertThat(ChildJvm.ended(child.redisPid())).isTrue();
	}

	static boolean isRoot() throws IOException {
		return Platform.isRoot();
	}

	private void startAgain() {
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start(this.folder.resolve("postgres"), 0);
				EmbeddedRedis redis = EmbeddedRedis.start(this.folder.resolve("redis"), 0)) {
			assertThat(postgres.port()).isNotEqualTo(redis.port());
		}
	}

	private static String readableClassPath(Path target) {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.map(Path::of)
			.filter(Files::exists)
			.map((entry) -> copy(entry, target))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static String copy(Path entry, Path target) {
		Path copy = target.resolve(entry.toString().substring(1).replace('/', '_'));
		try (Stream<Path> content = Files.walk(entry)) {
			for (Path path : content.toList()) {
				Files.copy(path, copy.resolve(entry.relativize(path).toString()));
			}
			return copy.toString();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
