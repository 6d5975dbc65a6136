package cn.qingfeng.quiz.bank;

import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.StaleVersionProblem;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.quiz.bank.KeptQuestion.State;
import cn.qingfeng.staff.Audit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Writing, changing, withdrawing and confirming questions. Published rounds keep their
 * own copies, so nothing here reaches a paper that has been drawn.
 */
@Service
class QuestionWriting {

	private final QuestionShelf shelf;

	private final Banks banks;

	private final Editions editions;

	private final Transactions transactions;

	private final Audit audit;

	QuestionWriting(QuestionShelf shelf, Banks banks, Editions editions, Transactions transactions, Audit audit) {
		this.shelf = shelf;
		this.banks = banks;
		this.editions = editions;
		this.transactions = transactions;
		this.audit = audit;
	}

	Mono<KeptQuestion> get(UUID id) {
		return this.shelf.find(id).switchIfEmpty(Mono.error(NotFoundProblem::new));
	}

	/** 404 for no bank, 409 when it is archived or has the stem, 422 for flaws. */
	Mono<KeptQuestion> create(UUID bankId, QuestionContent content) {
		requireFlawless(content);
		return this.transactions.inTransaction(this.banks.find(bankId)
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.map(Bank::requireOpen)
			.flatMap((bank) -> add(bank, NewQuestion.of(bank, content))));
	}

	/** 412 unless the version is the present one. */
	Mono<KeptQuestion> change(UUID id, long version, QuestionContent content) {
		requireFlawless(content);
		return write("question.update", id, version,
				(question) -> this.editions.register(List.of(Source.title(content.document())), "")
					.then(Mono.defer(() -> this.shelf.rewrite(id, version, content))));
	}

	/** 412 unless the version is the present one. */
	Mono<KeptQuestion> withdraw(UUID id, long version) {
		return write("question.withdraw", id, version, (question) -> this.shelf.withdraw(id, version));
	}

	/**
	 * 409 unless the question is suspended, 412 unless the version is the present one.
	 */
	Mono<KeptQuestion> confirm(UUID id, long version, @Nullable String clause) {
		return write("question.confirm", id, version, (question) -> (question.state() == State.SUSPENDED)
				? this.shelf.confirm(id, version, clause) : Mono.error(QuestionNotSuspendedProblem::new));
	}

	private Mono<KeptQuestion> add(Bank bank, NewQuestion question) {
		return this.banks.add(bank.id(), List.of(question))
			.filter((added) -> added == 1)
			.switchIfEmpty(Mono.error(QuestionExistsProblem::new))
			.flatMap((added) -> this.shelf.findByKey(question.key()))
			.flatMap((kept) -> audited("question.create", kept));
	}

	private Mono<KeptQuestion> write(String action, UUID id, long version, Step step) {
		return this.transactions.inTransaction(get(id).map((question) -> present(question, version))
			.flatMap(step::take)
			.filter((written) -> written)
			.switchIfEmpty(Mono.error(StaleVersionProblem::new))
			.flatMap((written) -> get(id))
			.flatMap((kept) -> audited(action, kept)));
	}

	private Mono<KeptQuestion> audited(String action, KeptQuestion kept) {
		return this.audit.record(action, kept.question().id().toString(), "version " + kept.version()).thenReturn(kept);
	}

	private static KeptQuestion present(KeptQuestion question, long version) {
		if (question.version() != version) {
			throw new StaleVersionProblem();
		}
		if (question.withdrawn()) {
			throw new QuestionWithdrawnProblem();
		}
		return question;
	}

	private static void requireFlawless(QuestionContent content) {
		content.flaw().ifPresent((flaw) -> {
			throw Violations.of(flaw.field().path(), flaw.words());
		});
	}

	/**
	 * Writes one change; false when the version is another by now.
	 */
	private interface Step {

		Mono<Boolean> take(KeptQuestion question);

	}

}
