package cn.qingfeng.quiz.round;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.StaleVersionProblem;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.bank.Banks;
import cn.qingfeng.staff.Audit;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Writing and changing drafts of rounds.
 */
@Service
class RoundDrafting {

	private final RoundRepository rounds;

	private final Banks banks;

	private final Transactions transactions;

	private final IdGenerator ids;

	private final Audit audit;

	RoundDrafting(RoundRepository rounds, Banks banks, Transactions transactions, IdGenerator ids, Audit audit) {
		this.rounds = rounds;
		this.banks = banks;
		this.transactions = transactions;
		this.ids = ids;
		this.audit = audit;
	}

	Mono<Round> get(RoundId id) {
		return this.rounds.find(id).switchIfEmpty(Mono.error(NotFoundProblem::new));
	}

	Mono<Round> create(RoundDefinition definition, UUID byStaff) {
		Round draft = Round.draft(new RoundId(this.ids.next()), definition);
		return this.transactions
			.inTransaction(banksExist(definition).then(Mono.defer(() -> this.rounds.add(draft, null, byStaff)))
				.then(Mono.defer(() -> this.audit.record("quiz.create", draft.id().toString())))
				.thenReturn(draft));
	}

	/** 412 unless the version is the present one. */
	Mono<Round> change(RoundId id, long version, RoundDefinition definition, UUID byStaff) {
		return this.transactions.inTransaction(
				get(id).map((round) -> changed(round, version, definition)).flatMap((round) -> write(round, byStaff)));
	}

	private Mono<Round> write(Round changed, UUID byStaff) {
		return banksExist(changed.definition()).then(Mono.defer(() -> this.rounds.update(changed, byStaff)))
			.filter((written) -> written)
			.switchIfEmpty(Mono.error(StaleVersionProblem::new))
			.flatMap((written) -> this.audit.record("quiz.update", changed.id().toString()))
			.thenReturn(changed);
	}

	private static Round changed(Round round, long version, RoundDefinition definition) {
		if (round.version() != version) {
			throw new StaleVersionProblem();
		}
		return round.changed(definition);
	}

	private Mono<Void> banksExist(RoundDefinition definition) {
		Set<UUID> asked = definition.rules().stream().map(Rule::bankId).collect(Collectors.toSet());
		return this.banks.existing(asked).doOnNext((found) -> require(definition.rules(), found)).then();
	}

	private static void require(List<Rule> rules, Set<UUID> banks) {
		Violations violations = new Violations();
		for (int i = 0; i < rules.size(); i++) {
			violations.require(banks.contains(rules.get(i).bankId()), "rules[%d].bankId".formatted(i), "没有这个题库");
		}
		violations.throwIfAny();
	}

}
