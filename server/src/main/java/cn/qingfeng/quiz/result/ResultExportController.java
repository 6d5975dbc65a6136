package cn.qingfeng.quiz.result;

import java.util.UUID;

import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.sheet.SheetFormat;
import cn.qingfeng.quiz.RoundId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Written by hand: the generated interface would hold the whole table in memory.
 */
@RestController
class ResultExportController {

	private static final String FULL = "full";

	private static final int LONGEST_PURPOSE = 200;

	private final ResultExporting exporting;

	ResultExportController(ResultExporting exporting) {
		this.exporting = exporting;
	}

	@GetMapping("/api/admin/v1/quizzes/{id}/results")
	Mono<ResponseEntity<Flux<DataBuffer>>> exportQuizResults(@PathVariable UUID id,
			@RequestParam(defaultValue = "xlsx") String format, @RequestParam(defaultValue = "masked") String names,
			@RequestParam(required = false) @Nullable String purpose) {
		SheetFormat file = switch (format) {
			case "xlsx" -> SheetFormat.XLSX;
			case "csv" -> SheetFormat.CSV;
			default -> throw Violations.of("format", "只能是 xlsx 或 csv");
		};
		new Violations().require(names.equals(FULL) || names.equals("masked"), "names", "只能是 masked 或 full")
			.require(purpose == null || purpose.length() <= LONGEST_PURPOSE, "purpose", "最多 200 字")
			.throwIfAny();
		return this.exporting.export(new RoundId(id), file, ResultExporting.purpose(names.equals(FULL), purpose))
			.map((pieces) -> ResponseEntity.ok()
				.contentType(file.mediaType())
				.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=quiz-results." + file.extension())
				.body(pieces.map(DefaultDataBufferFactory.sharedInstance::wrap)));
	}

}
