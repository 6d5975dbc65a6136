package cn.qingfeng.quiz.attempt;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import cn.qingfeng.member.MemberName;
import cn.qingfeng.member.Members;
import cn.qingfeng.member.StaffScope;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.attempt.Proving.RoundProof;
import cn.qingfeng.staff.Audit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Service;

/**
 * Proofs of a whole round, one a line, read in pieces as fast as the client takes them.
 */
@Service
class ProofExporting {

	private static final int PIECE = 200;

	private static final UUID BEFORE_ALL = new UUID(0, 0);

	private final Proving proving;

	private final AttemptRepository attempts;

	private final Members members;

	private final StaffScope scope;

	private final Audit audit;

	private final JsonMapper json;

	ProofExporting(Proving proving, AttemptRepository attempts, Members members, StaffScope scope, Audit audit,
			JsonMapper json) {
		this.proving = proving;
		this.attempts = attempts;
		this.members = members;
		this.scope = scope;
		this.audit = audit;
		this.json = json;
	}

	/** Comes when the first piece was read; 409 until the round is over. */
	Mono<Flux<String>> export(RoundId id) {
		return this.proving.round(id)
			.flatMap((round) -> Mono.zip(this.scope.units(), this.attempts.closed(id, BEFORE_ALL, 0, PIECE))
				.flatMap((found) -> this.audit.record("quiz.proofs.export", id.toString())
					.thenReturn(lines(round, found.getT1(), found.getT2()))));
	}

	private Flux<String> lines(RoundProof round, Set<UUID> units, List<Attempt> first) {
		return Mono.just(first)
			.expand((piece) -> (piece.size() < PIECE) ? Mono.empty() : next(round, piece.getLast()))
			.concatMap((piece) -> lines(round, units, piece, piece.stream().map(Attempt::memberId).toList()), 1)
			.startWith(line(ProofBodies.round(round)));
	}

	private Mono<List<Attempt>> next(RoundProof round, Attempt last) {
		return this.attempts.closed(round.round().id(), last.memberId(), last.number(), PIECE);
	}

	private Flux<String> lines(RoundProof round, Set<UUID> units, List<Attempt> piece, List<UUID> memberIds) {
		return Mono.zip(this.members.names(memberIds), answered(piece))
			.flatMapIterable((found) -> piece.stream()
				.filter((attempt) -> isOf(units, found.getT1().get(attempt.memberId())))
				.map((attempt) -> line(Objects.requireNonNull(found.getT2().get(attempt.id())), round))
				.toList());
	}

	private Mono<Map<UUID, AnsweredAttempt>> answered(List<Attempt> piece) {
		return this.attempts.findAnswered(piece.stream().map(Attempt::id).toList())
			.map((found) -> found.stream()
				.collect(Collectors.toMap((answered) -> answered.attempt().id(), Function.identity())));
	}

	private String line(AnsweredAttempt answered, RoundProof round) {
		Attempt attempt = answered.attempt();
		return line(ProofBodies.attempt(answered, Paper.draw(round.round(), attempt.memberId(), attempt.number()),
				round.key()));
	}

	private String line(Object proof) {
		return this.json.writeValueAsString(proof) + "\n";
	}

	private static boolean isOf(Set<UUID> units, @Nullable MemberName name) {
		return name != null && units.contains(name.unitId().value());
	}

}
