package cn.qingfeng.staff.audit;

import cn.qingfeng.contract.admin.AuditApi;
import cn.qingfeng.contract.admin.model.AuditEntry;
import cn.qingfeng.contract.admin.model.AuditPage;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.time.BusinessTime;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class AuditController implements AuditApi {

	private final AuditReadModel audit;

	AuditController(AuditReadModel audit) {
		this.audit = audit;
	}

	@Override
	public Mono<ResponseEntity<AuditPage>> listAudit(Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		return this.audit.list(Page.limit(limit), Cursor.decode(cursor, Long.class))
			.map((page) -> page.map(AuditController::entry))
			.map((page) -> ResponseEntity.ok(new AuditPage(page.items(), page.nextCursor())));
	}

	private static AuditEntry entry(AuditReadModel.Entry row) {
		return new AuditEntry(Long.toString(row.id()), BusinessTime.at(row.at()), row.actor(), row.action(),
				row.subject(), AuditEntry.ResultEnum.fromValue(row.result()))
			.origin(row.origin());
	}

}
