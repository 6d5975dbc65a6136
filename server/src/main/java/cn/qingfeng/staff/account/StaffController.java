package cn.qingfeng.staff.account;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import cn.qingfeng.contract.admin.StaffApi;
import cn.qingfeng.contract.admin.model.NewStaff;
import cn.qingfeng.contract.admin.model.OpenedStaff;
import cn.qingfeng.contract.admin.model.RoleList;
import cn.qingfeng.contract.admin.model.StaffChange;
import cn.qingfeng.contract.admin.model.StaffMember;
import cn.qingfeng.contract.admin.model.StaffPage;
import cn.qingfeng.contract.admin.model.StaffRole;
import cn.qingfeng.contract.admin.model.StaffRoleKey;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.platform.web.Versions;
import cn.qingfeng.staff.Role;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class StaffController implements StaffApi {

	private final StaffAccountRepository accounts;

	private final StaffKeeping keeping;

	StaffController(StaffAccountRepository accounts, StaffKeeping keeping) {
		this.accounts = accounts;
		this.keeping = keeping;
	}

	@Override
	public Mono<ResponseEntity<RoleList>> listRoles(ServerWebExchange exchange) {
		List<StaffRole> roles = Arrays.stream(Role.values())
			.map((role) -> new StaffRole(StaffRoleKey.fromValue(role.name()), role.displayName()))
			.toList();
		return Mono.just(ResponseEntity.ok(new RoleList(roles)));
	}

	@Override
	public Mono<ResponseEntity<StaffPage>> listStaff(Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		int size = Page.limit(limit);
		String after = Cursor.decode(cursor, String.class).map((last) -> last.get(0, String.class)).orElse("");
		return this.accounts.list(after, size + 1)
			.map((rows) -> Page.of(rows, size, (row) -> Cursor.encode(row.username())).map(StaffController::view))
			.map((page) -> ResponseEntity.ok(new StaffPage(page.items(), page.nextCursor())));
	}

	@Override
	public Mono<ResponseEntity<StaffMember>> getStaff(UUID id, ServerWebExchange exchange) {
		return this.accounts.find(id).switchIfEmpty(Mono.error(NotFoundProblem::new)).map(StaffController::answer);
	}

	@Override
	public Mono<ResponseEntity<OpenedStaff>> createStaff(Mono<NewStaff> request, ServerWebExchange exchange) {
		return request
			.flatMap((typed) -> this.keeping.open(Username.of(typed.getUsername()),
					new Grants(typed.getDisplayName(), roles(typed.getRoles()), units(typed.getUnits()))))
			.map((opened) -> ResponseEntity.status(HttpStatus.CREATED).body(view(opened)));
	}

	@Override
	public Mono<ResponseEntity<StaffMember>> updateStaff(UUID id, String ifMatch, Mono<StaffChange> request,
			ServerWebExchange exchange) {
		return request.flatMap((typed) -> this.keeping.change(id,
				new Grants(typed.getDisplayName(), roles(typed.getRoles()), units(typed.getUnits())), typed.getActive(),
				Versions.of(ifMatch)))
			.map(StaffController::answer);
	}

	@Override
	public Mono<ResponseEntity<OpenedStaff>> resetStaffPassword(UUID id, ServerWebExchange exchange) {
		return this.keeping.resetPassword(id)
			.map((opened) -> ResponseEntity.status(HttpStatus.CREATED).body(view(opened)));
	}

	@Override
	public Mono<ResponseEntity<Void>> removeStaffTotp(UUID id, ServerWebExchange exchange) {
		return this.keeping.removeTotp(id).thenReturn(ResponseEntity.noContent().build());
	}

	private static Set<Role> roles(List<StaffRoleKey> roles) {
		return roles.stream().map((role) -> Role.valueOf(role.getValue())).collect(Collectors.toSet());
	}

	private static Set<UUID> units(@Nullable List<UUID> units) {
		return (units != null) ? Set.copyOf(units) : Set.of();
	}

	private static ResponseEntity<StaffMember> answer(ManagedAccount account) {
		return ResponseEntity.ok().eTag(Versions.etag(account.version())).body(view(account));
	}

	private static OpenedStaff view(StaffKeeping.Opened opened) {
		return new OpenedStaff(view(opened.account()), opened.password());
	}

	private static StaffMember view(ManagedAccount account) {
		return new StaffMember().id(account.id())
			.username(account.username())
			.displayName(account.displayName())
			.roles(List.of(account.roles()))
			.units(List.of(account.units()))
			.active(account.active())
			.totp(account.totp())
			.createdAt(BusinessTime.at(account.createdAt()))
			.lastUsedAt((account.lastUsedAt() != null) ? BusinessTime.at(account.lastUsedAt()) : null);
	}

}
