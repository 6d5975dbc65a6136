package cn.qingfeng.member.roster;

import java.util.UUID;

import cn.qingfeng.contract.admin.MembersApi;
import cn.qingfeng.contract.admin.model.BindingCode;
import cn.qingfeng.contract.admin.model.DepartureRequest;
import cn.qingfeng.contract.admin.model.Member;
import cn.qingfeng.contract.admin.model.MemberPage;
import cn.qingfeng.contract.admin.model.MemberStep;
import cn.qingfeng.contract.admin.model.TransferRequest;
import cn.qingfeng.contract.admin.model.UnitName;
import cn.qingfeng.member.unit.Units;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.time.BusinessTime;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class RosterController implements MembersApi {

	private final RosterReadModel roster;

	private final Units units;

	private final BindingCodeIssuing issuing;

	private final MemberStanding standing;

	private final MemberHistory history;

	RosterController(RosterReadModel roster, Units units, BindingCodeIssuing issuing, MemberStanding standing,
			MemberHistory history) {
		this.roster = roster;
		this.units = units;
		this.issuing = issuing;
		this.standing = standing;
		this.history = history;
	}

	@Override
	public Mono<ResponseEntity<MemberPage>> listMembers(@Nullable UUID unit, @Nullable String q, Integer limit,
			@Nullable String cursor, ServerWebExchange exchange) {
		return CurrentStaff.mono()
			.flatMap((staff) -> this.units.tree().map((tree) -> tree.asked(staff.units(), unit)))
			.flatMap((asked) -> this.roster.list(asked, q, Page.limit(limit),
					Cursor.decode(cursor, Integer.class, String.class, UUID.class)))
			.map((page) -> page.map(RosterController::view))
			.map((page) -> ResponseEntity.ok(new MemberPage(page.items(), page.nextCursor())));
	}

	@Override
	public Mono<ResponseEntity<BindingCode>> createBindingCode(UUID id, ServerWebExchange exchange) {
		return this.issuing.issue(id)
			.map((issued) -> new BindingCode(issued.code(), BusinessTime.at(issued.expiresAt())))
			.map((code) -> ResponseEntity.status(HttpStatus.CREATED).body(code));
	}

	@Override
	public Mono<ResponseEntity<Member>> transferMember(UUID id, Mono<TransferRequest> request,
			ServerWebExchange exchange) {
		return request.flatMap((typed) -> this.standing.transfer(id, typed.getUnitId()))
			.map((entry) -> ResponseEntity.ok(view(entry)));
	}

	@Override
	public Mono<ResponseEntity<Member>> retireMember(UUID id, ServerWebExchange exchange) {
		return this.standing.leave(id, "RETIRED").map((entry) -> ResponseEntity.ok(view(entry)));
	}

	@Override
	public Mono<ResponseEntity<Member>> departMember(UUID id, Mono<DepartureRequest> request,
			ServerWebExchange exchange) {
		return request.flatMap((typed) -> this.standing.leave(id, typed.getStatus().getValue()))
			.map((entry) -> ResponseEntity.ok(view(entry)));
	}

	@Override
	public Mono<ResponseEntity<Member>> reinstateMember(UUID id, ServerWebExchange exchange) {
		return this.standing.reinstate(id).map((entry) -> ResponseEntity.ok(view(entry)));
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.MemberHistory>> getMemberHistory(UUID id,
			ServerWebExchange exchange) {
		return this.history.of(id)
			.map((steps) -> steps.stream().map(RosterController::view).toList())
			.map((steps) -> ResponseEntity.ok(new cn.qingfeng.contract.admin.model.MemberHistory(steps)));
	}

	private static MemberStep view(MemberHistory.Told told) {
		return new MemberStep(MemberStep.KindEnum.fromValue(told.step().kind()), told.step().fromValue(),
				told.step().toValue(), BusinessTime.at(told.step().changedAt()), told.by());
	}

	private static Member view(RosterReadModel.Entry entry) {
		return new Member().id(entry.id())
			.number(entry.number())
			.name(entry.name())
			.maskedPhone(entry.phoneMasked())
			.unit(new UnitName(entry.unitId(), entry.unitName()))
			.status(Member.StatusEnum.fromValue(entry.status()))
			.bound(entry.bound());
	}

}
