package cn.qingfeng.member.privacy;

import java.util.UUID;

import cn.qingfeng.contract.admin.PersonalDataApi;
import cn.qingfeng.contract.admin.model.PhoneView;
import cn.qingfeng.contract.admin.model.ViewPurpose;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class PersonalDataController implements PersonalDataApi {

	private final PhoneViewing viewing;

	PersonalDataController(PhoneViewing viewing) {
		this.viewing = viewing;
	}

	@Override
	public Mono<ResponseEntity<PhoneView>> viewPhone(UUID id, Mono<ViewPurpose> request, ServerWebExchange exchange) {
		return request.flatMap((typed) -> this.viewing.view(id, typed.getPurpose()))
			.map((phone) -> ResponseEntity.status(HttpStatus.CREATED).body(new PhoneView(phone)));
	}

}
