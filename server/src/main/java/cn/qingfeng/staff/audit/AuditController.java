package cn.qingfeng.staff.audit;

import java.time.Clock;
import java.time.LocalDate;

import cn.qingfeng.contract.admin.AuditApi;
import cn.qingfeng.contract.admin.model.AuditBreak;
import cn.qingfeng.contract.admin.model.AuditEntry;
import cn.qingfeng.contract.admin.model.AuditPage;
import cn.qingfeng.contract.admin.model.AuditVerification;
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

	private final AuditChain chain;

	private final Clock clock;

	AuditController(AuditReadModel audit, AuditChain chain, Clock clock) {
		this.audit = audit;
		this.chain = chain;
		this.clock = clock;
	}

	@Override
	public Mono<ResponseEntity<AuditPage>> listAudit(@Nullable String actor, @Nullable String action,
			@Nullable String subject, @Nullable LocalDate from, @Nullable LocalDate to, Integer limit,
			@Nullable String cursor, ServerWebExchange exchange) {
		int size = Page.limit(limit);
		long before = Cursor.decode(cursor, Long.class).map((last) -> last.get(0, Long.class)).orElse(Long.MAX_VALUE);
		return this.audit.newest(new AuditFilter(actor, action, subject, from, to), before, size + 1)
			.map((rows) -> Page.of(rows, size, (row) -> Cursor.encode(row.id())).map(AuditController::entry))
			.map((page) -> ResponseEntity.ok(new AuditPage(page.items(), page.nextCursor())));
	}

	@Override
	public Mono<ResponseEntity<AuditVerification>> verifyAudit(ServerWebExchange exchange) {
		return this.chain.check().map(this::verification).map(ResponseEntity::ok);
	}

	private AuditVerification verification(AuditChain.State state) {
		AuditChain.Break broken = state.broken();
		return new AuditVerification(broken == null, state.entries(), state.waiting(), BusinessTime.now(this.clock))
			.lastHash(state.lastHash())
			.firstBroken((broken != null) ? view(broken) : null);
	}

	private static AuditBreak view(AuditChain.Break broken) {
		return new AuditBreak(AuditBreak.KindEnum.fromValue(broken.kind().name())).position(broken.position())
			.entryId(Long.toString(broken.entryId()));
	}

	private static AuditEntry entry(AuditRow row) {
		return new AuditEntry(Long.toString(row.id()), BusinessTime.at(row.at()), row.actor(), row.action(),
				row.subject(), AuditEntry.ResultEnum.fromValue(row.result()))
			.detail(row.detail())
			.origin(row.origin())
			.traceId(row.trace());
	}

}
