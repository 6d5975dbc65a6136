package cn.qingfeng.volunteer.checkin;

import java.time.Clock;
import java.util.UUID;

import cn.qingfeng.contract.admin.PresenceCodesApi;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.volunteer.event.EventStore;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class PresenceCodeController implements PresenceCodesApi {

	private final EventStore events;

	private final CheckInMapper mapper;

	private final Clock clock;

	PresenceCodeController(EventStore events, CheckInMapper mapper, Clock clock) {
		this.events = events;
		this.mapper = mapper;
		this.clock = clock;
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.PresenceCode>> getPresenceCode(UUID id,
			ServerWebExchange exchange) {
		return this.events.presenceSecret(id)
			.switchIfEmpty(Mono.error(() -> new NotFoundProblem()))
			.map((secret) -> PresenceCode.at(secret, this.clock.instant()))
			.map((code) -> ResponseEntity.ok()
				.cacheControl(CacheControl.noStore())
				.body(this.mapper.toContract(code, (int) PresenceCode.STEP.toSeconds())));
	}

}
