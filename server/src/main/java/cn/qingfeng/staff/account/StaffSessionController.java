package cn.qingfeng.staff.account;

import java.util.List;
import java.util.UUID;

import cn.qingfeng.contract.admin.SessionsApi;
import cn.qingfeng.contract.admin.model.LogInRequest;
import cn.qingfeng.contract.admin.model.PasswordChange;
import cn.qingfeng.contract.admin.model.PasswordProof;
import cn.qingfeng.contract.admin.model.RecoveryCodes;
import cn.qingfeng.contract.admin.model.Session;
import cn.qingfeng.contract.admin.model.Staff;
import cn.qingfeng.contract.admin.model.StaffName;
import cn.qingfeng.contract.admin.model.StaffSession;
import cn.qingfeng.contract.admin.model.StaffSessionPage;
import cn.qingfeng.contract.admin.model.TotpConfirmation;
import cn.qingfeng.contract.admin.model.TotpOffer;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.problem.UnauthenticatedProblem;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.staff.ClientAddress;
import cn.qingfeng.staff.account.StaffLoggingIn.LogIn;
import cn.qingfeng.staff.account.StaffLoggingIn.LoggedIn;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class StaffSessionController implements SessionsApi {

	private static final UUID AFTER_ALL = new UUID(-1, -1);

	private final StaffLoggingIn loggingIn;

	private final StaffSessionRepository sessions;

	private final SessionKeeping keeping;

	private final TotpEnrolling totp;

	StaffSessionController(StaffLoggingIn loggingIn, StaffSessionRepository sessions, SessionKeeping keeping,
			TotpEnrolling totp) {
		this.loggingIn = loggingIn;
		this.sessions = sessions;
		this.keeping = keeping;
		this.totp = totp;
	}

	@Override
	public Mono<ResponseEntity<Session>> logIn(Mono<LogInRequest> request, ServerWebExchange exchange) {
		StaffDevice device = StaffDevice.of(exchange);
		return request.map((typed) -> command(typed, device, exchange))
			.flatMap(this.loggingIn::logIn)
			.doOnNext((loggedIn) -> exchange.getResponse().addCookie(device.cookie(exchange)))
			.map(StaffSessionController::session)
			.map((session) -> ResponseEntity.status(HttpStatus.CREATED).body(session));
	}

	@Override
	public Mono<ResponseEntity<Void>> logOut(ServerWebExchange exchange) {
		return this.loggingIn.logOut().thenReturn(ResponseEntity.noContent().build());
	}

	@Override
	public Mono<ResponseEntity<Staff>> currentStaff(ServerWebExchange exchange) {
		return CurrentStaff.mono()
			.flatMap((current) -> this.sessions.findAccount(current.staffId()))
			.switchIfEmpty(Mono.error(UnauthenticatedProblem::new))
			.map((account) -> ResponseEntity.ok(staff(account)));
	}

	@Override
	public Mono<ResponseEntity<StaffSessionPage>> listSessions(Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		int size = Page.limit(limit);
		UUID before = Cursor.decode(cursor, UUID.class).map((last) -> last.get(0, UUID.class)).orElse(AFTER_ALL);
		return this.keeping.list(before, size + 1)
			.map((rows) -> Page.of(rows, size, (row) -> Cursor.encode(row.id())).map(StaffSessionController::view))
			.map((page) -> ResponseEntity.ok(new StaffSessionPage(page.items(), page.nextCursor())));
	}

	@Override
	public Mono<ResponseEntity<Void>> revokeSession(UUID id, ServerWebExchange exchange) {
		return this.keeping.revoke(id).thenReturn(ResponseEntity.noContent().build());
	}

	@Override
	public Mono<ResponseEntity<Void>> changePassword(Mono<PasswordChange> request, ServerWebExchange exchange) {
		return request.flatMap((typed) -> this.keeping.changePassword(typed.getPassword(), typed.getNewPassword()))
			.thenReturn(ResponseEntity.noContent().build());
	}

	@Override
	public Mono<ResponseEntity<TotpOffer>> offerTotp(Mono<PasswordProof> request, ServerWebExchange exchange) {
		return request.flatMap((typed) -> this.totp.offer(typed.getPassword()))
			.map((offer) -> ResponseEntity.status(HttpStatus.CREATED).body(new TotpOffer(offer.secret(), offer.uri())));
	}

	@Override
	public Mono<ResponseEntity<RecoveryCodes>> confirmTotp(Mono<TotpConfirmation> request, ServerWebExchange exchange) {
		return request.flatMap((typed) -> this.totp.confirm(typed.getOtp()))
			.map((codes) -> ResponseEntity.ok(new RecoveryCodes(codes)));
	}

	@Override
	public Mono<ResponseEntity<Void>> removeTotp(Mono<PasswordProof> request, ServerWebExchange exchange) {
		return request.flatMap((typed) -> this.totp.remove(typed.getPassword()))
			.thenReturn(ResponseEntity.noContent().build());
	}

	private static StaffSession view(SessionKeeping.OpenSession session) {
		return new StaffSession(session.id(), new StaffName(session.staffId(), session.displayName()),
				session.username(), BusinessTime.at(session.createdAt()), BusinessTime.at(session.lastUsedAt()),
				BusinessTime.at(session.expiresAt()))
			.address(session.address());
	}

	private static LogIn command(LogInRequest typed, StaffDevice device, ServerWebExchange exchange) {
		return new LogIn(Username.of(typed.getUsername()), typed.getPassword(), typed.getOtp(), typed.getRecoveryCode(),
				typed.getNewPassword(), ClientAddress.of(exchange).key(), device);
	}

	private static Session session(LoggedIn loggedIn) {
		return new Session(loggedIn.token(), BusinessTime.at(loggedIn.expiresAt()), staff(loggedIn.account()));
	}

	private static Staff staff(StaffAccount account) {
		List<String> roles = account.roles().stream().sorted().toList();
		return new Staff(account.id(), account.username(), account.displayName(), roles);
	}

}
