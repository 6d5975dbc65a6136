package cn.qingfeng.local.embedded;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The servers' executables, unpacked once per version into the user's cache folder.
 * Another place can be named with the system property {@code qingfeng.local.binaries}.
 */
final class Binaries {

	private static final Pattern JAR = Pattern.compile("([^/!]+)\\.jar!?/[^!]*$");

	private Binaries() {
	}

	/**
	 * The folder that holds {@code bin/postgres} and {@code bin/initdb}.
	 */
	static Path postgres(Path fallback) throws IOException {
		String archive = Platform.postgresArchive();
		return unpacked(archive, fallback, Binaries::untar);
	}

	/**
	 * The executable of Redis.
	 */
	static Path redis(Path fallback) throws IOException {
		String executable = Platform.redisExecutable();
		return unpacked(executable, fallback, Binaries::copyExecutable).resolve("redis-server");
	}

	private static Path unpacked(String resource, Path fallback, Unpacking unpacking) throws IOException {
		URL url = Binaries.class.getResource(resource);
		if (url == null) {
			throw new EmbeddedServerException("There is no embedded server for this machine: " + resource.substring(1),
					"Add the binaries' artifact for this machine, or configure a server of your own.");
		}
		Path cache = cache(fallback);
		Path target = cache.resolve(folderName(url));
		if (Files.isDirectory(target)) {
			return target;
		}
		Path half = Files.createTempDirectory(cache, "unpacking");
		try (InputStream content = url.openStream()) {
			unpacking.unpack(content, half);
			Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (FileSystemException ex) {
			Folders.delete(half);
			if (!Files.isDirectory(target)) {
				throw ex;
			}
		}
		return target;
	}

	/**
	 * The name of the artifact, which carries its version, so that nothing needs to be
	 * compared at a later start.
	 */
	static String folderName(URL resource) {
		Matcher matcher = JAR.matcher(resource.toString());
		String artifact = matcher.find() ? matcher.group(1) : "unversioned";
		return artifact + "-" + System.getProperty("os.arch");
	}

	private static Path cache(Path fallback) throws IOException {
		String configured = System.getProperty("qingfeng.local.binaries");
		if (configured != null) {
			return Files.createDirectories(Path.of(configured).toAbsolutePath());
		}
		Path home = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
			.filter((value) -> !value.isBlank())
			.map(Path::of)
			.orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
		try {
			Path cache = Files.createDirectories(home.resolve("qingfeng"));
			return Files.isWritable(cache) ? cache : Files.createDirectories(fallback);
		}
		catch (IOException ex) {
			return Files.createDirectories(fallback);
		}
	}

	private static void untar(InputStream content, Path folder) throws IOException {
		try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(content))) {
			for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
				write(tar, entry, folder);
			}
		}
	}

	private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
		Path file = folder.resolve(entry.getName()).normalize();
		if (!file.startsWith(folder)) {
			throw new FileNotFoundException("The archive points outside its folder: " + entry.getName());
		}
		if (entry.isDirectory()) {
			Files.createDirectories(file);
			return;
		}
		Files.createDirectories(file.getParent());
		if (entry.isSymbolicLink()) {
			Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
			return;
		}
		Files.copy(tar, file);
		if ((entry.getMode() & 0100) != 0) {
			makeExecutable(file);
		}
	}

	private static void copyExecutable(InputStream content, Path folder) throws IOException {
		Path file = folder.resolve("redis-server");
		Files.copy(content, file);
		makeExecutable(file);
	}

	private static void makeExecutable(Path file) throws IOException {
		if (!file.toFile().setExecutable(true, false)) {
			throw new IOException("Cannot make " + file + " executable");
		}
	}

	@FunctionalInterface
	private interface Unpacking {

		void unpack(InputStream content, Path folder) throws IOException;

	}

}
