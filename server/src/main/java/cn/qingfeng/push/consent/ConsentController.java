package cn.qingfeng.push.consent;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import cn.qingfeng.contract.member.ConsentsApi;
import cn.qingfeng.contract.member.model.ConsentList;
import cn.qingfeng.contract.member.model.ConsentReport;
import cn.qingfeng.contract.member.model.ConsentResult;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class ConsentController implements ConsentsApi {

	private final OwnConsents consents;

	private final ConsentMapper mapper;

	ConsentController(OwnConsents consents, ConsentMapper mapper) {
		this.consents = consents;
		this.mapper = mapper;
	}

	@Override
	public Mono<ResponseEntity<ConsentList>> listConsents(ServerWebExchange exchange) {
		return answer(this.consents.all());
	}

	@Override
	public Mono<ResponseEntity<ConsentList>> reportConsents(Mono<ConsentReport> consentReport,
			ServerWebExchange exchange) {
		return answer(consentReport.map(this::answers).flatMap(this.consents::report));
	}

	private Mono<ResponseEntity<ConsentList>> answer(Mono<List<Consent>> all) {
		return all.map(this.mapper::toContract).map(ConsentList::new).map(ResponseEntity::ok);
	}

	/** The last word counts when a template is named twice. */
	private Map<String, Answer> answers(ConsentReport report) {
		return report.getResults()
			.stream()
			.collect(Collectors.toMap(ConsentResult::getTemplateId,
					(result) -> this.mapper.toDomain(result.getResult()), (first, last) -> last));
	}

}
