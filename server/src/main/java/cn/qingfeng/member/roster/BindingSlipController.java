package cn.qingfeng.member.roster;

import java.util.UUID;

import cn.qingfeng.contract.admin.BindingSlipsApi;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class BindingSlipController implements BindingSlipsApi {

	private static final MediaType PAGE = MediaType.parseMediaType("text/html;charset=UTF-8");

	private final BindingCodeIssuing issuing;

	BindingSlipController(BindingCodeIssuing issuing) {
		this.issuing = issuing;
	}

	@Override
	public Mono<ResponseEntity<String>> printBindingCodes(UUID id, ServerWebExchange exchange) {
		return this.issuing.issueAll(id)
			.map((printed) -> ResponseEntity.status(HttpStatus.CREATED)
				.contentType(PAGE)
				.cacheControl(CacheControl.noStore())
				.body(BindingSlips.page(printed)));
	}

}
