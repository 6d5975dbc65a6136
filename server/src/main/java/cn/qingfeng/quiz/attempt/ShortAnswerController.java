package cn.qingfeng.quiz.attempt;

import java.util.UUID;

import cn.qingfeng.contract.admin.ShortAnswersApi;
import cn.qingfeng.contract.admin.model.WrittenAnswer;
import cn.qingfeng.contract.admin.model.WrittenAnswerPage;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.attempt.ShortAnswer.Mark;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Short answers for those who mark them.
 */
@RestController
class ShortAnswerController implements ShortAnswersApi {

	private final ShortAnswerMarking marking;

	private final ShortAnswerMapper mapper;

	ShortAnswerController(ShortAnswerMarking marking, ShortAnswerMapper mapper) {
		this.marking = marking;
		this.mapper = mapper;
	}

	@Override
	public Mono<ResponseEntity<WrittenAnswerPage>> listShortAnswers(UUID id, @Nullable Boolean marked, Integer limit,
			@Nullable String cursor, ServerWebExchange exchange) {
		return this.marking.page(new RoundId(id), marked, Page.limit(limit), cursor)
			.map(this::body)
			.map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<WrittenAnswer>> markShortAnswer(UUID id, UUID questionId,
			Mono<cn.qingfeng.contract.admin.model.Mark> mark, ServerWebExchange exchange) {
		return mark.map((given) -> new Mark(given.getPercent(), given.getReason()))
			.flatMap((given) -> CurrentStaff.mono()
				.flatMap((staff) -> this.marking.mark(id, questionId, given, staff.staffId())))
			.map(this.mapper::answer)
			.map(ResponseEntity::ok);
	}

	private WrittenAnswerPage body(Page<ShortAnswer> page) {
		WrittenAnswerPage body = new WrittenAnswerPage();
		body.setItems(page.items().stream().map(this.mapper::answer).toList());
		body.setNextCursor(page.nextCursor());
		return body;
	}

}
