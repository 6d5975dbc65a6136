package cn.qingfeng.member.identity;

import java.util.UUID;

import cn.qingfeng.contract.member.DevicesApi;
import cn.qingfeng.contract.member.model.DeviceList;
import cn.qingfeng.contract.member.model.OwnDevice;
import cn.qingfeng.member.identity.MemberSessionRepository.OwnSession;
import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.platform.time.BusinessTime;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class DeviceController implements DevicesApi {

	private final OwnSessions sessions;

	DeviceController(OwnSessions sessions) {
		this.sessions = sessions;
	}

	@Override
	public Mono<ResponseEntity<DeviceList>> listSessions(ServerWebExchange exchange) {
		return CurrentMember.mono()
			.flatMap((current) -> this.sessions.list(current.accountId())
				.map((sessions) -> sessions.stream().map((session) -> view(session, current)).toList()))
			.map((devices) -> ResponseEntity.ok(new DeviceList(devices)));
	}

	@Override
	public Mono<ResponseEntity<Void>> endSession(UUID id, ServerWebExchange exchange) {
		return this.sessions.end(id).thenReturn(ResponseEntity.noContent().build());
	}

	@Override
	public Mono<ResponseEntity<Void>> endOtherSessions(ServerWebExchange exchange) {
		return this.sessions.endOthers().thenReturn(ResponseEntity.noContent().build());
	}

	private static OwnDevice view(OwnSession session, CurrentMember current) {
		return new OwnDevice(session.id(), session.device(), BusinessTime.at(session.createdAt()),
				BusinessTime.at(session.lastUsedAt()), session.id().equals(current.sessionId()));
	}

}
