package cn.qingfeng.quiz.bank;

import java.time.LocalDate;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.staff.Audit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * The registry of documents. A new edition suspends the questions that rest on the old
 * one, from the moment it is registered: they say so themselves by their edition.
 */
@Service
class DocumentKeeping {

	private final Editions editions;

	private final Transactions transactions;

	private final IdGenerator ids;

	private final Audit audit;

	DocumentKeeping(Editions editions, Transactions transactions, IdGenerator ids, Audit audit) {
		this.editions = editions;
		this.transactions = transactions;
		this.ids = ids;
		this.audit = audit;
	}

	/** 409 when a document of the title is current. */
	Mono<Edition> create(String title, String edition, @Nullable LocalDate validFrom) {
		Edition created = edition(title, edition, validFrom);
		return this.transactions.inTransaction(add(created, "source-document.create", ""));
	}

	/** 404 for none, 409 when it was superseded before or the title is another's. */
	Mono<Edition> supersede(UUID id, String title, String edition, @Nullable LocalDate validFrom) {
		Edition successor = edition(title, edition, validFrom);
		return this.transactions.inTransaction(this.editions.lock(id)
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.flatMap((old) -> (old.supersededBy() == null) ? this.editions.supersede(id, successor.id())
					: Mono.error(DocumentSupersededProblem::new))
			.then(Mono.defer(() -> add(successor, "source-document.supersede", id.toString()))));
	}

	private Mono<Edition> add(Edition edition, String action, String detail) {
		return this.editions.add(edition)
			.filter((added) -> added)
			.switchIfEmpty(Mono.error(DocumentExistsProblem::new))
			.flatMap((added) -> this.audit.record(action, edition.id().toString(), detail).thenReturn(edition));
	}

	private Edition edition(String title, String edition, @Nullable LocalDate validFrom) {
		String plain = Source.title(title);
		if (plain.isBlank()) {
			throw Violations.of("title", "请填写文件名称");
		}
		return new Edition(this.ids.next(), plain, edition, validFrom, null, 0);
	}

}
