package cn.qingfeng.staff.account;

import java.util.List;

import cn.qingfeng.contract.admin.SessionsApi;
import cn.qingfeng.contract.admin.model.LogInRequest;
import cn.qingfeng.contract.admin.model.Session;
import cn.qingfeng.contract.admin.model.Staff;
import cn.qingfeng.platform.problem.UnauthenticatedProblem;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.staff.ClientAddress;
import cn.qingfeng.staff.account.StaffLoggingIn.LogIn;
import cn.qingfeng.staff.account.StaffLoggingIn.LoggedIn;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class StaffSessionController implements SessionsApi {

	private final StaffLoggingIn loggingIn;

	private final StaffSessionRepository sessions;

	StaffSessionController(StaffLoggingIn loggingIn, StaffSessionRepository sessions) {
		this.loggingIn = loggingIn;
		this.sessions = sessions;
	}

	@Override
	public Mono<ResponseEntity<Session>> logIn(Mono<LogInRequest> request, ServerWebExchange exchange) {
		return request.map((typed) -> command(typed, exchange))
			.flatMap(this.loggingIn::logIn)
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

	private static LogIn command(LogInRequest typed, ServerWebExchange exchange) {
		return new LogIn(Username.of(typed.getUsername()), typed.getPassword(), ClientAddress.of(exchange).key());
	}

	private static Session session(LoggedIn loggedIn) {
		return new Session(loggedIn.token(), BusinessTime.at(loggedIn.expiresAt()), staff(loggedIn.account()));
	}

	private static Staff staff(StaffAccount account) {
		List<String> roles = account.roles().stream().sorted().toList();
		return new Staff(account.id(), account.username(), account.displayName(), roles);
	}

}
