package cn.qingfeng.quiz.exchange;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A zip file of a stranger, unfolded in memory and never further than its limits.
 */
final class Archive {

	/** Ten times what two thousand questions take. */
	private static final int MOST_UNFOLDED = 32 * 1024 * 1024;

	private static final int MOST_ENTRIES = 4_000;

	private Archive() {
	}

	/** Files by their names; empty for what is no zip, is damaged or grows too large. */
	static Optional<Map<String, byte[]>> unfold(byte[] bytes) {
		Map<String, byte[]> files = new LinkedHashMap<>();
		int left = MOST_UNFOLDED;
		try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				byte[] content = zip.readNBytes(left + 1);
				left -= content.length;
				if (left < 0 || files.size() == MOST_ENTRIES) {
					return Optional.empty();
				}
				files.put(entry.getName(), content);
			}
		}
		catch (IOException | IllegalArgumentException ex) {
			return Optional.empty();
		}
		return files.isEmpty() ? Optional.empty() : Optional.of(files);
	}

}
