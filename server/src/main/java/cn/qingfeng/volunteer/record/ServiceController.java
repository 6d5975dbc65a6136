package cn.qingfeng.volunteer.record;

import cn.qingfeng.contract.member.ServiceApi;
import cn.qingfeng.platform.security.CurrentMember;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class ServiceController implements ServiceApi {

	private final AttendanceStore attendance;

	private final RecordMapper mapper;

	ServiceController(AttendanceStore attendance, RecordMapper mapper) {
		this.attendance = attendance;
		this.mapper = mapper;
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.member.model.ServiceRecord>> getService(
			ServerWebExchange exchange) {
		return CurrentMember.memberId()
			.flatMap(this.attendance::services)
			.map((services) -> ResponseEntity.ok(this.mapper.toContract(ServiceRecord.of(services))));
	}

}
