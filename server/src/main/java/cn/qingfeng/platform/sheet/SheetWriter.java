package cn.qingfeng.platform.sheet;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

import cn.qingfeng.platform.reactor.BoundedScheduler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Writes a table piece by piece, as fast as the client takes it: neither the whole file
 * nor a thread waits for a slow one. What a spreadsheet could take for a formula is
 * written as text.
 */
@Component
public class SheetWriter implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final BoundedScheduler threads = BoundedScheduler.of("sheets-out", 2, 64);

	/**
	 * Writes.
	 * @param format of the file
	 * @param headers of the columns
	 * @param pieces some rows at a time
	 * @param cells of a row, numbers or what is written as text; asked for on a thread
	 * that may calculate
	 * @param <T> a row
	 * @return the bytes of the file
	 */
	public <T> Flux<byte[]> write(SheetFormat format, List<String> headers, Flux<List<T>> pieces,
			Function<T, ? extends List<?>> cells) {
		return Flux.defer(() -> {
			GrowingSheet sheet = format.begin();
			return Flux
				.concat(bytes(() -> sheet.add(List.of(headers))),
						pieces.concatMap((rows) -> bytes(() -> sheet.add(rows.stream().map(cells).toList())), 1),
						bytes(sheet::end))
				.filter((bytes) -> bytes.length > 0);
		});
	}

	@Override
	public void close() {
		this.threads.close();
	}

	private Mono<byte[]> bytes(Callable<byte[]> step) {
		return this.threads.call(step, LIMIT);
	}

}
