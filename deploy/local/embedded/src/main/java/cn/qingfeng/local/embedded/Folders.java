package cn.qingfeng.local.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What happens to the folders that the servers own.
 */
final class Folders {

	private static final long LOG_LIMIT = 16L << 20;

	private Folders() {
	}

	/**
	 * Held while a server runs: whoever has it may treat a process on the folder as left
	 * over from before.
	 */
	static FileChannel lock(Path folder) throws IOException {
		FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE);
		if (tryLock(channel) == null) {
			channel.close();
			throw new EmbeddedServerException("The data folder " + folder + " is in use by another running process.",
					"Stop that process, or name another folder with qingfeng.local.data.");
		}
		return channel;
	}

	private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			return null;
		}
	}

	static Path log(Path folder, String name) throws IOException {
		Path log = folder.resolve(name + ".log");
		if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
			Files.move(log, folder.resolve(name + ".old.log"), StandardCopyOption.REPLACE_EXISTING);
		}
		return log;
	}

	static void delete(Path folder) throws IOException {
		if (!Files.exists(folder)) {
			return;
		}
		try (Stream<Path> content = Files.walk(folder)) {
			List<Path> deepestFirst = content.sorted(Comparator.reverseOrder()).toList();
			for (Path path : deepestFirst) {
				Files.deleteIfExists(path);
			}
		}
	}

}
