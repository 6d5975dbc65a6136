package cn.qingfeng.platform.sheet;

import java.time.Duration;
import java.util.List;

import cn.qingfeng.platform.reactor.BoundedScheduler;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.multipart.Part;
import org.springframework.stereotype.Component;

/**
 * Reads an uploaded table, xlsx or csv: told apart by its content, for names lie. Few at
 * once, within limits; what cannot be read is the client's mistake (422 on {@code file}).
 */
@Component
public class SheetReader implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final int MOST_BYTES = 20 * 1024 * 1024;

	private final BoundedScheduler threads = BoundedScheduler.of("sheets", 2, 8);

	/** The rows of the first sheet that are not empty. */
	public Mono<List<SheetRow>> read(Part file) {
		return DataBufferUtils.join(file.content(), MOST_BYTES)
			.map(SheetReader::bytes)
			.defaultIfEmpty(new byte[0])
			.flatMap((bytes) -> this.threads.call(() -> rows(bytes), LIMIT));
	}

	@Override
	public void close() {
		this.threads.close();
	}

	/**
	 * The same of a file that is in memory already; blocks while it reads.
	 * @param bytes xlsx or csv
	 * @return rows that are not empty
	 */
	public static List<SheetRow> rows(byte[] bytes) {
		return Workbooks.isWorkbook(bytes) ? Workbooks.rows(bytes) : CommaText.rows(bytes);
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

}
