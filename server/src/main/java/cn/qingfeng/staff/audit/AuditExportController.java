package cn.qingfeng.staff.audit;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Written by hand: the generated interface would hold the whole table in memory.
 */
@RestController
class AuditExportController {

	private final AuditExporting exporting;

	AuditExportController(AuditExporting exporting) {
		this.exporting = exporting;
	}

	@GetMapping(path = "/api/admin/v1/audit/export", produces = "text/csv;charset=UTF-8")
	Mono<ResponseEntity<Flux<String>>> exportAudit(@RequestParam(required = false) @Nullable String actor,
			@RequestParam(required = false) @Nullable String action,
			@RequestParam(required = false) @Nullable String subject,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to) {
		return this.exporting.export(new AuditFilter(actor, action, subject, from, to))
			.map((lines) -> ResponseEntity.ok()
				.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=audit.csv")
				.body(lines));
	}

}
