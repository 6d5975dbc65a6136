package cn.qingfeng.platform.sheet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class SheetWriterTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final SheetWriter writer = new SheetWriter();

	@AfterEach
	void close() {
		this.writer.close();
	}

	@Test
	void whatIsWrittenIsReadAgain() {
		List<List<String>> rows = List.of(List.of("1", "王\"小\"明, 同志", ""), List.of("2", "两\n行", "370602195001010018"));
		for (SheetFormat format : SheetFormat.values()) {
			List<SheetRow> read = SheetReader.rows(written(format, rows));
			assertThat(read).extracting((row) -> row.cells().stream().map(SheetCell::text).toList())
				.as(format.name())
				.startsWith(List.of("编号", "姓名", "身份证号"))
				.last()
				.isEqualTo(List.of("2", "两\n行", "370602195001010018"));
			assertThat(read.get(1).cell(1).text()).isEqualTo("王\"小\"明, 同志");
			assertThat(read.get(2).cell(2).rounded()).as("%s keeps all digits", format).isFalse();
		}
	}

	@Test
	void numbersStayNumbers() {
		assertThat(SheetReader.rows(written(SheetFormat.XLSX, List.of(List.of("张三", -95)))).getLast().cells())
			.extracting(SheetCell::text)
			.containsExactly("张三", "-95");
		assertThat(new String(written(SheetFormat.CSV, List.of(List.of("张三", -95))), StandardCharsets.UTF_8))
			.endsWith("\"-95\"\r\n");
	}

	@Test
	void nothingThatIsTypedBecomesAFormula() {
		List<String> typed = List.of("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1+1");
		for (SheetFormat format : SheetFormat.values()) {
			assertThat(SheetReader.rows(written(format, List.of(typed))).getLast().cells()).as(format.name())
				.allMatch((cell) -> cell.text().startsWith("'"));
		}
	}

	@Test
	void textWithCommasBeginsWithTheMarkThatSpreadsheetsKnow() {
		assertThat(new String(written(SheetFormat.CSV, List.of()), StandardCharsets.UTF_8))
			.isEqualTo("\ufeff\"编号\",\"姓名\",\"身份证号\"\r\n");
	}

	@Test
	void rowsAreAskedForAsTheyAreTaken() {
		AtomicInteger asked = new AtomicInteger();
		Flux<List<List<String>>> pieces = Flux.range(0, 1_000)
			.doOnNext((piece) -> asked.incrementAndGet())
			.map((piece) -> IntStream.range(0, 1_000).mapToObj((row) -> List.of("" + row, "某人", "x")).toList());
		this.writer.write(SheetFormat.CSV, List.of("编号", "姓名", "身份证号"), pieces, Function.identity())
			.as((bytes) -> StepVerifier.create(bytes, 2))
			.expectNextCount(2)
			.thenCancel()
			.verify(TIMEOUT);
		assertThat(asked).hasValueLessThan(10);
	}

	@Test
	void whatCannotBeReadFailsTheFile() {
		this.writer
			.write(SheetFormat.XLSX, List.of("编号"),
					Mono.<List<List<String>>>error(new IllegalStateException("gone")).flux(), Function.identity())
			.as(StepVerifier::create)
			.thenConsumeWhile((bytes) -> true)
			.expectErrorMessage("gone")
			.verify(TIMEOUT);
	}

	private byte[] written(SheetFormat format, List<? extends List<?>> rows) {
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		this.writer.write(format, List.of("编号", "姓名", "身份证号"), Flux.fromIterable(rows).buffer(1), Function.identity())
			.doOnNext(file::writeBytes)
			.then()
			.block(TIMEOUT);
		return file.toByteArray();
	}

}
