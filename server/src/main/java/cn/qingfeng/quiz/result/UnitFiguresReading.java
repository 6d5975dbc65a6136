package cn.qingfeng.quiz.result;

import java.util.List;

import cn.qingfeng.member.Members;
import cn.qingfeng.member.StaffScope;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.result.ResultReadModel.BestResult;
import cn.qingfeng.quiz.round.PublishedRounds;
import cn.qingfeng.staff.PolicyException;
import cn.qingfeng.staff.PolicyGate;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Reads how units took part, while the policy has an exception for it.
 */
@Service
class UnitFiguresReading {

	private final PublishedRounds rounds;

	private final ResultReadModel results;

	private final Members members;

	private final StaffScope scope;

	private final PolicyGate policy;

	UnitFiguresReading(PublishedRounds rounds, ResultReadModel results, Members members, StaffScope scope,
			PolicyGate policy) {
		this.rounds = rounds;
		this.results = results;
		this.members = members;
		this.scope = scope;
		this.policy = policy;
	}

	/** 404 while it is off, as if there were no such thing. */
	Mono<List<UnitFigures>> of(RoundId id) {
		return this.policy.allows(PolicyException.UNIT_PARTICIPATION)
			.filter((allowed) -> allowed)
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.then(Mono.defer(() -> this.rounds.get(id)))
			.then(Mono.defer(() -> Mono.zip(this.results.best(id), this.scope.units().flatMap(this.scope::sizes),
					this.policy.allows(PolicyException.RANKINGS))))
			.flatMap((found) -> this.members.names(found.getT1().stream().map(BestResult::memberId).toList())
				.map((names) -> UnitFigures.of(found.getT2(), found.getT1(), names, found.getT3())));
	}

}
