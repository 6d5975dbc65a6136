package cn.qingfeng.quiz.bank;

import java.net.URI;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.contract.admin.QuestionBanksApi;
import cn.qingfeng.contract.admin.model.QuestionBank;
import cn.qingfeng.contract.admin.model.QuestionBankDraft;
import cn.qingfeng.contract.admin.model.QuestionBankList;
import cn.qingfeng.contract.admin.model.QuestionPage;
import cn.qingfeng.platform.idempotency.Idempotency;
import cn.qingfeng.platform.web.Versions;
import cn.qingfeng.quiz.bank.QuestionShelf.Wanted;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Banks and their questions, keys included, for staff.
 */
@RestController
class BankController implements QuestionBanksApi {

	private final Banks banks;

	private final BankKeeping keeping;

	private final QuestionWriting writing;

	private final QuestionPages pages;

	private final BankMapper mapper;

	private final Idempotency idempotency;

	BankController(Banks banks, BankKeeping keeping, QuestionWriting writing, QuestionPages pages, BankMapper mapper,
			Idempotency idempotency) {
		this.banks = banks;
		this.keeping = keeping;
		this.writing = writing;
		this.pages = pages;
		this.mapper = mapper;
		this.idempotency = idempotency;
	}

	@Override
	public Mono<ResponseEntity<QuestionBankList>> listQuestionBanks(ServerWebExchange exchange) {
		return this.banks.all().map(this::list).map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<QuestionBank>> getQuestionBank(UUID id, ServerWebExchange exchange) {
		return this.keeping.get(id).map((bank) -> answer(HttpStatus.OK, bank));
	}

	@Override
	public Mono<ResponseEntity<QuestionBank>> createQuestionBank(Mono<QuestionBankDraft> questionBankDraft,
			ServerWebExchange exchange) {
		return questionBankDraft.flatMap((draft) -> this.idempotency.once(exchange, draft, QuestionBank.class,
				this.keeping.create(draft.getTitle(), draft.getDocument())
					.map((bank) -> answer(HttpStatus.CREATED, bank))));
	}

	@Override
	public Mono<ResponseEntity<QuestionBank>> updateQuestionBank(UUID id, String ifMatch,
			Mono<QuestionBankDraft> questionBankDraft, ServerWebExchange exchange) {
		return questionBankDraft
			.flatMap((draft) -> this.keeping.rename(id, Versions.of(ifMatch), draft.getTitle(), draft.getDocument()))
			.map((bank) -> answer(HttpStatus.OK, bank));
	}

	@Override
	public Mono<ResponseEntity<QuestionBank>> archiveQuestionBank(UUID id, String ifMatch, ServerWebExchange exchange) {
		return this.keeping.archive(id, Versions.of(ifMatch)).map((bank) -> answer(HttpStatus.OK, bank));
	}

	@Override
	public Mono<ResponseEntity<QuestionPage>> listQuestions(UUID id, Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		return this.keeping.get(id)
			.flatMap((bank) -> this.pages.page(Wanted.ofBank(id), limit, cursor))
			.map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Question>> createQuestion(UUID id,
			Mono<cn.qingfeng.contract.admin.model.QuestionContent> questionContent, ServerWebExchange exchange) {
		return questionContent.flatMap(
				(content) -> this.idempotency.once(exchange, content, cn.qingfeng.contract.admin.model.Question.class,
						this.writing.create(id, this.mapper.content(content)).map(this::created)));
	}

	private ResponseEntity<QuestionBank> answer(HttpStatus status, Bank bank) {
		return ResponseEntity.status(status).eTag(Versions.etag(bank.version())).body(this.mapper.bank(bank));
	}

	private ResponseEntity<cn.qingfeng.contract.admin.model.Question> created(KeptQuestion kept) {
		return ResponseEntity.created(URI.create("/api/admin/v1/questions/" + kept.question().id()))
			.eTag(Versions.etag(kept.version()))
			.body(this.mapper.kept(kept));
	}

	private QuestionBankList list(List<Bank> banks) {
		return new QuestionBankList(banks.stream().map(this.mapper::bank).toList());
	}

}
