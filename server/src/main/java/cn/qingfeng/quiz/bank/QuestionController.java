package cn.qingfeng.quiz.bank;

import java.util.UUID;

import cn.qingfeng.contract.admin.QuestionsApi;
import cn.qingfeng.contract.admin.model.QuestionConfirmation;
import cn.qingfeng.contract.admin.model.QuestionPage;
import cn.qingfeng.contract.admin.model.QuestionState;
import cn.qingfeng.platform.web.Versions;
import cn.qingfeng.quiz.bank.QuestionShelf.Wanted;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Questions of every bank, keys included, for staff.
 */
@RestController
class QuestionController implements QuestionsApi {

	private final QuestionWriting writing;

	private final QuestionPages pages;

	private final BankMapper mapper;

	QuestionController(QuestionWriting writing, QuestionPages pages, BankMapper mapper) {
		this.writing = writing;
		this.pages = pages;
		this.mapper = mapper;
	}

	@Override
	public Mono<ResponseEntity<QuestionPage>> searchQuestions(@Nullable UUID bankId, @Nullable UUID documentId,
			@Nullable QuestionState state, cn.qingfeng.contract.admin.model.@Nullable QuestionKind kind,
			@Nullable Integer difficulty, @Nullable String tag, @Nullable String text, Integer limit,
			@Nullable String cursor, ServerWebExchange exchange) {
		Wanted wanted = new Wanted(bankId, documentId, this.mapper.state(state), this.mapper.kind(kind), difficulty,
				tag, text);
		return this.pages.page(wanted, limit, cursor).map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Question>> getQuestion(UUID id,
			ServerWebExchange exchange) {
		return this.writing.get(id).map(this::answer);
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Question>> updateQuestion(UUID id, String ifMatch,
			Mono<cn.qingfeng.contract.admin.model.QuestionContent> questionContent, ServerWebExchange exchange) {
		return questionContent
			.flatMap((content) -> this.writing.change(id, Versions.of(ifMatch), this.mapper.content(content)))
			.map(this::answer);
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Question>> withdrawQuestion(UUID id, String ifMatch,
			ServerWebExchange exchange) {
		return this.writing.withdraw(id, Versions.of(ifMatch)).map(this::answer);
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Question>> confirmQuestion(UUID id, String ifMatch,
			Mono<QuestionConfirmation> questionConfirmation, ServerWebExchange exchange) {
		return questionConfirmation
			.flatMap((confirmation) -> this.writing.confirm(id, Versions.of(ifMatch), confirmation.getClause()))
			.map(this::answer);
	}

	private ResponseEntity<cn.qingfeng.contract.admin.model.Question> answer(KeptQuestion kept) {
		return ResponseEntity.ok().eTag(Versions.etag(kept.version())).body(this.mapper.kept(kept));
	}

}
