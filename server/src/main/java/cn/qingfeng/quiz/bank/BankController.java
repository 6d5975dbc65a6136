package cn.qingfeng.quiz.bank;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.contract.admin.QuestionBanksApi;
import cn.qingfeng.contract.admin.model.QuestionBankList;
import cn.qingfeng.contract.admin.model.QuestionPage;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.problem.NotFoundProblem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Banks and their questions, keys included, for staff.
 */
@RestController
class BankController implements QuestionBanksApi {

	private static final UUID FIRST = new UUID(0, 0);

	private final Banks banks;

	private final BankMapper mapper;

	BankController(Banks banks, BankMapper mapper) {
		this.banks = banks;
		this.mapper = mapper;
	}

	@Override
	public Mono<ResponseEntity<QuestionBankList>> listQuestionBanks(ServerWebExchange exchange) {
		return this.banks.all()
			.map((banks) -> new QuestionBankList(banks.stream().map(this.mapper::bank).toList()))
			.map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<QuestionPage>> listQuestions(UUID id, Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		Optional<Cursor> after = Cursor.decode(cursor, UUID.class);
		int rows = Page.limit(limit) + 1;
		return this.banks.existing(Set.of(id))
			.filter((found) -> !found.isEmpty())
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.flatMap((found) -> this.banks.page(id, after.map((keys) -> keys.get(0, UUID.class)).orElse(FIRST), rows))
			.map((questions) -> ResponseEntity.ok(page(questions, rows - 1)));
	}

	private QuestionPage page(List<Question> rows, int limit) {
		Page<Question> page = Page.of(rows, limit, (last) -> Cursor.encode(last.id()));
		QuestionPage body = new QuestionPage();
		body.setItems(page.items().stream().map(this.mapper::question).toList());
		body.setNextCursor(page.nextCursor());
		return body;
	}

}
