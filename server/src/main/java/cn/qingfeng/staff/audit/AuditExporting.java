package cn.qingfeng.staff.audit;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.staff.Audit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * The audit as a table, read in pieces as fast as the client takes them: no connection of
 * the database waits for a slow one.
 */
@Service
class AuditExporting {

	private static final int PIECE = 500;

	private static final String HEAD = "\ufeff编号,时间,操作人,操作,对象,说明,结果,来源地址,追踪号\r\n";

	private final AuditReadModel audit;

	private final Audit record;

	AuditExporting(AuditReadModel audit, Audit record) {
		this.audit = audit;
		this.record = record;
	}

	/**
	 * Lines, the first with the names of the columns; comes when the first piece was
	 * read.
	 */
	Mono<Flux<String>> export(AuditFilter filter) {
		return piece(filter, 0)
			.flatMap((first) -> this.record.record("audit.export", null).thenReturn(lines(filter, first)));
	}

	private Flux<String> lines(AuditFilter filter, List<AuditRow> first) {
		return Mono.just(first)
			.expand((rows) -> (rows.size() < PIECE) ? Mono.empty() : piece(filter, rows.getLast().id()))
			.concatMapIterable((rows) -> rows, 1)
			.map(AuditExporting::line)
			.startWith(HEAD);
	}

	private Mono<List<AuditRow>> piece(AuditFilter filter, long after) {
		return this.audit.oldest(filter, after, PIECE);
	}

	private static String line(AuditRow row) {
		return Stream
			.of(Long.toString(row.id()), BusinessTime.at(row.at()).toString(), row.actor(), row.action(), row.subject(),
					row.detail(), row.result(), row.origin(), row.trace())
			.map(AuditExporting::cell)
			.collect(Collectors.joining(",", "", "\r\n"));
	}

	/**
	 * What begins like a formula is not one: a spreadsheet shows the apostrophe's text.
	 */
	private static String cell(@Nullable String value) {
		String text = (value != null) ? value : "";
		String harmless = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
		return "\"" + harmless.replace("\"", "\"\"") + "\"";
	}

}
