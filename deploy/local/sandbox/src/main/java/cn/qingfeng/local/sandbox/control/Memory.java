package cn.qingfeng.local.sandbox.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import cn.qingfeng.local.sandbox.world.Json;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * A snapshot in a file, so that phones remember their chats from one start to the next.
 */
public final class Memory {

	private static final Logger log = LoggerFactory.getLogger(Memory.class);

	private final @Nullable Path file;

	private final Snapshots snapshots;

	public Memory(@Nullable Path file, Snapshots snapshots) {
		this.file = file;
		this.snapshots = snapshots;
	}

	/** What cannot be read is put aside, for a demonstration must start. */
	public void recall() {
		if (this.file == null || !Files.isRegularFile(this.file)) {
			return;
		}
		try {
			this.snapshots.load(Json.MAPPER.readTree(this.file.toFile()));
		}
		catch (JacksonException | IllegalArgumentException ex) {
			log.warn("the sandbox starts anew: {} cannot be read: {}", this.file, ex.getMessage());
		}
	}

	public void keep() {
		if (this.file == null) {
			return;
		}
		try {
			Path next = this.file.resolveSibling(this.file.getFileName() + ".next");
			Files.createDirectories(this.file.toAbsolutePath().getParent());
			Files.write(next, Json.MAPPER.writeValueAsBytes(this.snapshots.take()));
			Files.move(next, this.file, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
