package cn.qingfeng.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * Keys that are made once and kept beside the data that they protect, readable by their
 * owner alone.
 */
final class SecretFolder {

	private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

	private static final int KEY_BYTES = 32;

	private final Path folder;

	SecretFolder(Path folder) {
		this.folder = folder;
	}

	/**
	 * The key of this name, made at the first call.
	 */
	String key(String name) {
		Path file = this.folder.resolve(name);
		try {
			if (!Files.exists(file)) {
				make(file);
			}
			return Files.readString(file).trim();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void make(Path file) throws IOException {
		Files.createDirectories(this.folder);
		byte[] key = new byte[KEY_BYTES];
		new SecureRandom().nextBytes(key);
		Path half = Files.createTempFile(this.folder, "key", ".new", OWNER_ONLY);
		Files.writeString(half, Base64.getEncoder().encodeToString(key));
		try {
			Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (FileAlreadyExistsException ex) {
			Files.delete(half);
		}
	}

}
