package cn.qingfeng.quiz.bank;

import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.StaleVersionProblem;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.staff.Audit;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Opening, renaming and archiving banks.
 */
@Service
class BankKeeping {

	private final Banks banks;

	private final Transactions transactions;

	private final IdGenerator ids;

	private final Audit audit;

	BankKeeping(Banks banks, Transactions transactions, IdGenerator ids, Audit audit) {
		this.banks = banks;
		this.transactions = transactions;
		this.ids = ids;
		this.audit = audit;
	}

	Mono<Bank> get(UUID id) {
		return this.banks.find(id).switchIfEmpty(Mono.error(NotFoundProblem::new));
	}

	Mono<Bank> create(String title, String document) {
		UUID id = this.ids.next();
		return this.transactions.inTransaction(this.banks.add(id, "bank-" + id, title, document, null)
			.then(Mono.defer(() -> audited("question-bank.create", id))));
	}

	/** 412 unless the version is the present one. */
	Mono<Bank> rename(UUID id, long version, String title, String document) {
		return this.transactions.inTransaction(get(id)
			.map((bank) -> new Bank(id, bank.key(), title, document, bank.documentVersion(), bank.questions(),
					bank.archived(), version))
			.flatMap(this.banks::rename)
			.flatMap(
					(written) -> written ? audited("question-bank.update", id) : Mono.error(StaleVersionProblem::new)));
	}

	/** 412 unless the version is the present one. */
	Mono<Bank> archive(UUID id, long version) {
		return this.transactions.inTransaction(get(id).flatMap((bank) -> this.banks.archive(id, version))
			.flatMap((written) -> written ? audited("question-bank.archive", id)
					: Mono.error(StaleVersionProblem::new)));
	}

	private Mono<Bank> audited(String action, UUID id) {
		return this.audit.record(action, id.toString()).then(Mono.defer(() -> get(id)));
	}

}
