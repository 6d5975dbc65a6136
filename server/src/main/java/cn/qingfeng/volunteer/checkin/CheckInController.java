package cn.qingfeng.volunteer.checkin;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import cn.qingfeng.contract.member.CheckInsApi;
import cn.qingfeng.contract.member.model.CheckIn;
import cn.qingfeng.contract.member.model.CheckInOutcome;
import cn.qingfeng.contract.member.model.CheckInOutcome.StateEnum;
import cn.qingfeng.contract.member.model.CheckInRequest;
import cn.qingfeng.contract.member.model.CheckInUpload;
import cn.qingfeng.contract.member.model.CheckInUploadResult;
import cn.qingfeng.platform.idempotency.Idempotency;
import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.platform.problem.ProblemTexts;
import cn.qingfeng.platform.security.CurrentMember;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class CheckInController implements CheckInsApi {

	private final CheckingIn checkingIn;

	private final CheckInMapper mapper;

	private final ProblemTexts texts;

	private final Idempotency idempotency;

	CheckInController(CheckingIn checkingIn, CheckInMapper mapper, ProblemTexts texts, Idempotency idempotency) {
		this.checkingIn = checkingIn;
		this.mapper = mapper;
		this.texts = texts;
		this.idempotency = idempotency;
	}

	@Override
	public Mono<ResponseEntity<CheckIn>> checkIn(UUID id, Mono<CheckInRequest> checkInRequest,
			ServerWebExchange exchange) {
		return checkInRequest.flatMap((request) -> this.idempotency.repeatable(exchange, request, CheckIn.class,
				CurrentMember.memberId()
					.flatMap((member) -> this.checkingIn.now(this.mapper.toDomain(request, id), member))
					.map(this::answer)));
	}

	@Override
	public Mono<ResponseEntity<CheckInUploadResult>> uploadCheckIns(Mono<CheckInUpload> checkInUpload,
			ServerWebExchange exchange) {
		return checkInUpload
			.flatMap((upload) -> this.idempotency.repeatable(exchange, upload, CheckInUploadResult.class,
					CurrentMember.memberId()
						.flatMap((member) -> this.checkingIn.upload(reports(upload), member))
						.map((results) -> ResponseEntity.ok(answer(reports(upload), results, exchange)))));
	}

	private List<NewCheckIn> reports(CheckInUpload upload) {
		return upload.getItems().stream().map(this.mapper::toDomain).toList();
	}

	private ResponseEntity<CheckIn> answer(CheckInResult result) {
		return switch (result) {
			case CheckInResult.Recorded(cn.qingfeng.volunteer.checkin.CheckIn checkIn) ->
				ResponseEntity.status(HttpStatus.CREATED).body(this.mapper.toContract(checkIn));
			case CheckInResult.Repeated(cn.qingfeng.volunteer.checkin.CheckIn checkIn) ->
				ResponseEntity.ok(this.mapper.toContract(checkIn));
			case CheckInResult.Refused(Problem problem) -> throw problem;
		};
	}

	private CheckInUploadResult answer(List<NewCheckIn> reports, List<CheckInResult> results,
			ServerWebExchange exchange) {
		return new CheckInUploadResult(IntStream.range(0, results.size())
			.mapToObj((i) -> outcome(reports.get(i).id(), results.get(i), exchange))
			.toList());
	}

	private CheckInOutcome outcome(UUID id, CheckInResult result, ServerWebExchange exchange) {
		return switch (result) {
			case CheckInResult.Recorded recorded -> new CheckInOutcome(id, StateEnum.RECORDED);
			case CheckInResult.Repeated repeated -> new CheckInOutcome(id, StateEnum.REPEATED);
			case CheckInResult.Refused(Problem problem) ->
				new CheckInOutcome(id, StateEnum.REFUSED).problem(document(problem, exchange));
		};
	}

	private cn.qingfeng.contract.member.model.Problem document(Problem problem, ServerWebExchange exchange) {
		String language = ProblemTexts.language(exchange.getRequest().getHeaders());
		return new cn.qingfeng.contract.member.model.Problem("urn:qingfeng:problem:" + problem.name(),
				this.texts.title(language, problem), problem.status().value())
			.detail(this.texts.detail(language, problem));
	}

}
