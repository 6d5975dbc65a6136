package cn.qingfeng.quiz.attempt;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import cn.qingfeng.quiz.RoundId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Written by hand: the generated interface would hold all lines in memory.
 */
@RestController
class ProofExportController {

	private final ProofExporting exporting;

	ProofExportController(ProofExporting exporting) {
		this.exporting = exporting;
	}

	@GetMapping("/api/admin/v1/quizzes/{id}/proofs")
	Mono<ResponseEntity<Flux<DataBuffer>>> exportQuizProofs(@PathVariable UUID id) {
		return this.exporting.export(new RoundId(id))
			.map((lines) -> ResponseEntity.ok()
				.contentType(MediaType.APPLICATION_NDJSON)
				.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=quiz-proofs.ndjson")
				.body(lines.map((line) -> DefaultDataBufferFactory.sharedInstance
					.wrap(line.getBytes(StandardCharsets.UTF_8)))));
	}

}
