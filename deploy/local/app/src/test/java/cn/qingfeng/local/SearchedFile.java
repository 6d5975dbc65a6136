package cn.qingfeng.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A file of any kind that is searched for texts, such as one with the living objects of a
 * JVM.
 */
record SearchedFile(Path file) {

	/** Of strings, of bytes on the wire, and of arrays of characters. */
	private static final List<Charset> FORMS = List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE,
			StandardCharsets.UTF_16BE);

	private static final int AROUND = 150;

	private static final int STEP = 256 * 1024 * 1024;

	static SearchedFile heapOf(Process process, Path file) throws IOException, InterruptedException {
		Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
				Long.toString(process.pid()), "GC.heap_dump", file.toString())
			.redirectErrorStream(true)
			.start();
		String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(jcmd.waitFor()).as(said).isZero();
		return new SearchedFile(file);
	}

	/** Which of these texts are in it, each with what stands around it. */
	Map<String, String> found(List<String> texts) throws IOException {
		Map<Integer, List<Form>> byBeginning = new HashMap<>();
		boolean[] beginnings = new boolean[65_536];
		int longest = 0;
		for (String text : texts) {
			for (Charset charset : FORMS) {
				Form form = new Form(text, text.getBytes(charset));
				byBeginning.computeIfAbsent(form.beginning(), (beginning) -> new ArrayList<>()).add(form);
				beginnings[form.beginning()] = true;
				longest = Math.max(longest, form.bytes().length);
			}
		}
		Map<String, String> found = new TreeMap<>();
		try (FileChannel channel = FileChannel.open(this.file)) {
			for (long from = 0; from < channel.size(); from += STEP) {
				long size = Math.min(STEP + (long) longest, channel.size() - from);
				ByteBuffer part = channel.map(MapMode.READ_ONLY, from, size);
				for (int at = 0; at + 1 < size; at++) {
					int beginning = part.getShort(at) & 0xffff;
					if (beginnings[beginning]) {
						int position = at;
						byBeginning.get(beginning)
							.stream()
							.filter((form) -> form.isAt(part, position))
							.forEach((form) -> found.putIfAbsent(form.text(), around(part, position)));
					}
				}
			}
		}
		return found;
	}

	private static String around(ByteBuffer part, int position) {
		int from = Math.max(0, position - AROUND);
		byte[] bytes = new byte[Math.min(part.limit(), position + AROUND) - from];
		part.get(from, bytes);
		return new String(bytes, StandardCharsets.US_ASCII).replaceAll("[^ -~]", ".");
	}

	private record Form(String text, byte[] bytes) {

		int beginning() {
			return ByteBuffer.wrap(this.bytes).getShort() & 0xffff;
		}

		boolean isAt(ByteBuffer buffer, int position) {
			return position + this.bytes.length <= buffer.limit()
					&& buffer.slice(position, this.bytes.length).equals(ByteBuffer.wrap(this.bytes));
		}

	}

}
