package cn.qingfeng.staff.policy;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import cn.qingfeng.contract.admin.PolicyApi;
import cn.qingfeng.contract.admin.model.NewPolicyException;
import cn.qingfeng.contract.admin.model.PolicyExceptionPage;
import cn.qingfeng.contract.admin.model.PolicyExceptionState;
import cn.qingfeng.contract.admin.model.PolicyExceptionView;
import cn.qingfeng.contract.admin.model.PolicyFinding;
import cn.qingfeng.contract.admin.model.PolicyRevocation;
import cn.qingfeng.contract.admin.model.PolicyRule;
import cn.qingfeng.contract.admin.model.PolicyRuleKey;
import cn.qingfeng.contract.admin.model.PolicySelfCheck;
import cn.qingfeng.contract.admin.model.StaffName;
import cn.qingfeng.platform.idempotency.Idempotency;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.staff.PolicyException;
import cn.qingfeng.staff.StaffAccounts;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class PolicyController implements PolicyApi {

	private static final Instant AFTER_ALL = Instant.parse("9999-01-01T00:00:00Z");

	private static final UUID LAST = new UUID(-1, -1);

	private final PolicyExceptions exceptions;

	private final ExceptionGranting granting;

	private final SelfCheck selfCheck;

	private final StaffAccounts staff;

	private final Idempotency idempotency;

	private final Clock clock;

	PolicyController(PolicyExceptions exceptions, ExceptionGranting granting, SelfCheck selfCheck, StaffAccounts staff,
			Idempotency idempotency, Clock clock) {
		this.exceptions = exceptions;
		this.granting = granting;
		this.selfCheck = selfCheck;
		this.staff = staff;
		this.idempotency = idempotency;
		this.clock = clock;
	}

	@Override
	public Mono<ResponseEntity<PolicyExceptionPage>> listPolicyExceptions(Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		int size = Page.limit(limit);
		Optional<Cursor> last = Cursor.decode(cursor, Instant.class, UUID.class);
		return this.exceptions
			.newest(last.map((keys) -> keys.get(0, Instant.class)).orElse(AFTER_ALL),
					last.map((keys) -> keys.get(1, UUID.class)).orElse(LAST), size + 1)
			.map((rows) -> Page.of(rows, size, (row) -> Cursor.encode(row.requestedAt(), row.id())))
			.flatMap((page) -> named(page.items())
				.map((views) -> ResponseEntity.ok(new PolicyExceptionPage(views, page.nextCursor()))));
	}

	@Override
	public Mono<ResponseEntity<PolicyExceptionView>> requestPolicyException(Mono<NewPolicyException> request,
			ServerWebExchange exchange) {
		return request.flatMap((typed) -> once(exchange, typed, HttpStatus.CREATED, Mono.defer(() -> this.granting
			.request(PolicyException.valueOf(typed.getRule().getValue()), typed.getReason(), typed.getLastDay()))));
	}

	@Override
	public Mono<ResponseEntity<PolicyExceptionView>> approvePolicyException(UUID id, ServerWebExchange exchange) {
		return once(exchange, id, HttpStatus.OK, Mono.defer(() -> this.granting.approve(id)));
	}

	@Override
	public Mono<ResponseEntity<PolicyExceptionView>> revokePolicyException(UUID id, Mono<PolicyRevocation> request,
			ServerWebExchange exchange) {
		return request.flatMap((typed) -> once(exchange, typed, HttpStatus.OK,
				Mono.defer(() -> this.granting.revoke(id, typed.getReason()))));
	}

	@Override
	public Mono<ResponseEntity<PolicySelfCheck>> checkPolicy(ServerWebExchange exchange) {
		return this.selfCheck.report().map((report) -> ResponseEntity.ok(view(report)));
	}

	private Mono<ResponseEntity<PolicyExceptionView>> once(ServerWebExchange exchange, Object body, HttpStatus status,
			Mono<ExceptionRow> work) {
		return this.idempotency.once(exchange, body, PolicyExceptionView.class,
				work.flatMap((row) -> named(List.of(row)))
					.map((views) -> ResponseEntity.status(status).body(views.getFirst())));
	}

	private Mono<List<PolicyExceptionView>> named(List<ExceptionRow> rows) {
		Set<UUID> people = rows.stream().flatMap(PolicyController::people).collect(Collectors.toSet());
		Instant now = this.clock.instant();
		return this.staff.displayNames(people)
			.map((names) -> rows.stream().map((row) -> view(row, names, now)).toList());
	}

	private static Stream<UUID> people(ExceptionRow row) {
		return Stream
			.of(Optional.of(row.requestedBy()), Optional.ofNullable(row.firstApprover()),
					Optional.ofNullable(row.secondApprover()))
			.flatMap(Optional::stream);
	}

	private static PolicyExceptionView view(ExceptionRow row, Map<UUID, String> names, Instant now) {
		return new PolicyExceptionView().id(row.id())
			.rule(PolicyRuleKey.fromValue(row.rule()))
			.reason(row.reason())
			.state(PolicyExceptionState.fromValue(row.state(now).name()))
			.requestedBy(name(row.requestedBy(), names))
			.requestedAt(BusinessTime.at(row.requestedAt()))
			.expiresAt(BusinessTime.at(row.expiresAt()))
			.approvedBy(Stream.of(Optional.ofNullable(row.firstApprover()), Optional.ofNullable(row.secondApprover()))
				.flatMap(Optional::stream)
				.map((id) -> name(id, names))
				.toList())
			.revokeReason(row.revokeReason());
	}

	private static StaffName name(UUID id, Map<UUID, String> names) {
		return new StaffName(id, names.getOrDefault(id, ""));
	}

	private static PolicySelfCheck view(SelfCheck.Report report) {
		return new PolicySelfCheck(report.allWell(), report.rules().stream().map(PolicyController::view).toList(),
				report.findings()
					.stream()
					.map((finding) -> new PolicyFinding(finding.key(), finding.holds(), finding.expectation()))
					.toList());
	}

	private static PolicyRule view(SelfCheck.Rule rule) {
		Instant until = rule.allowedUntil();
		return new PolicyRule(PolicyRuleKey.fromValue(rule.exception().name()), rule.exception().displayName(),
				rule.exception().description(), until != null)
			.allowedUntil((until != null) ? BusinessTime.at(until) : null);
	}

}
