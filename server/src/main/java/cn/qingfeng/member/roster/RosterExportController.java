package cn.qingfeng.member.roster;

import java.time.Clock;
import java.util.UUID;

import cn.qingfeng.contract.admin.model.ClearExport;
import cn.qingfeng.platform.sheet.SheetFormat;
import cn.qingfeng.platform.time.BusinessTime;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Written by hand: the generated interface would hold the whole table in memory.
 */
@RestController
class RosterExportController {

	private final RosterExporting exporting;

	private final Clock clock;

	RosterExportController(RosterExporting exporting, Clock clock) {
		this.exporting = exporting;
		this.clock = clock;
	}

	@GetMapping("/api/admin/v1/members/export")
	Mono<ResponseEntity<Flux<DataBuffer>>> exportMembers(@RequestParam(required = false) @Nullable UUID unit,
			@RequestParam(required = false) cn.qingfeng.contract.admin.model.@Nullable SheetFormat format) {
		return this.exporting.export(unit, format(format)).map((table) -> file(table, format(format)));
	}

	@PostMapping("/api/admin/v1/members/clear-export")
	Mono<ResponseEntity<Flux<DataBuffer>>> exportMembersInClear(@Valid @RequestBody Mono<ClearExport> request) {
		return request.flatMap(
				(typed) -> this.exporting.exportInClear(typed.getUnit(), format(typed.getFormat()), typed.getPurpose())
					.map((table) -> file(table, format(typed.getFormat()))));
	}

	private ResponseEntity<Flux<DataBuffer>> file(Flux<byte[]> table, SheetFormat format) {
		return ResponseEntity.ok()
			.contentType(format.mediaType())
			.cacheControl(CacheControl.noStore())
			.header(HttpHeaders.CONTENT_DISPOSITION,
					"attachment; filename=roster-%s.%s".formatted(BusinessTime.today(this.clock), format.extension()))
			.body(table.map(DefaultDataBufferFactory.sharedInstance::wrap));
	}

	/** A workbook unless something else is asked for. */
	private static SheetFormat format(cn.qingfeng.contract.admin.model.@Nullable SheetFormat asked) {
		return (asked == cn.qingfeng.contract.admin.model.SheetFormat.CSV) ? SheetFormat.CSV : SheetFormat.XLSX;
	}

}
