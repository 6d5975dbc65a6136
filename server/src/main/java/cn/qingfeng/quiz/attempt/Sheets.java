package cn.qingfeng.quiz.attempt;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import cn.qingfeng.platform.batch.NaturalBatcher;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.reactor.Computation;
import cn.qingfeng.platform.reactor.SharedLoads;
import cn.qingfeng.quiz.round.PublishedRound;
import cn.qingfeng.quiz.round.PublishedRounds;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Service;

/**
 * The papers lately in use, in this node's memory: each is drawn and written as JSON
 * once. Nothing of a sheet changes but the deadline, which is read again when it has
 * passed; another node draws the same.
 */
@Service
class Sheets {

	/** About 10 kB each; a sheet that is gone costs a query and 0.3 ms to draw again. */
	private static final int KEPT = 5_000;

	private static final int LANES = 2;

	private static final int MOST_AT_ONCE = 128;

	private static final Duration UNUSED = Duration.ofMinutes(10);

	private final SharedLoads<UUID, Sheet> kept = new SharedLoads<>(
			Caffeine.newBuilder().maximumSize(KEPT).expireAfterAccess(UNUSED), this::load);

	private final AttemptRepository attempts;

	private final PublishedRounds rounds;

	private final AttemptMapper mapper;

	private final JsonMapper json;

	/** In a rush everybody's is asked for in the same seconds. */
	private final NaturalBatcher<UUID, Optional<Attempt>> finder;

	Sheets(AttemptRepository attempts, PublishedRounds rounds, AttemptMapper mapper, JsonMapper json,
			MeterRegistry meters) {
		this.attempts = attempts;
		this.finder = new NaturalBatcher<>("quiz-sheets", LANES, MOST_AT_ONCE, this::find, meters);
		this.rounds = rounds;
		this.mapper = mapper;
		this.json = json;
	}

	/** The member's own; 404 for a foreign one as for none. */
	Mono<Sheet> own(UUID attemptId, UUID memberId) {
		return any(attemptId).filter((sheet) -> sheet.attempt().memberId().equals(memberId))
			.switchIfEmpty(Mono.error(NotFoundProblem::new));
	}

	/** Whosever it is; empty when there is none. */
	Mono<Sheet> any(UUID attemptId) {
		return this.kept.get(attemptId);
	}

	/** Without waiting for one that is being loaded. */
	Optional<Sheet> inMemory(UUID attemptId) {
		return this.kept.inMemory(attemptId);
	}

	/** Again from the database, for deadlines move with the end of a round. */
	Mono<Sheet> reloaded(UUID attemptId, UUID memberId) {
		return Mono.defer(() -> {
			this.kept.forget(attemptId);
			return own(attemptId, memberId);
		});
	}

	/** Of an attempt that perhaps only the present transaction can see. */
	Mono<Sheet> of(Attempt attempt, PublishedRound round) {
		return this.kept.getOrKeep(attempt.id(), () -> draw(attempt, round));
	}

	/** The questions alone, for who does not send them. */
	Paper paper(Attempt attempt, PublishedRound round) {
		return inMemory(attempt.id()).map(Sheet::paper)
			.orElseGet(() -> Paper.draw(round, attempt.memberId(), attempt.number()));
	}

	/** Not kept. */
	Sheet draw(Attempt attempt, PublishedRound round) {
		Paper paper = Paper.draw(round, attempt.memberId(), attempt.number());
		byte[] questions = this.json.writeValueAsBytes(paper.questions().stream().map(this.mapper::question).toList());
		return new Sheet(attempt, paper, PreparedPaper.of(attempt, questions));
	}

	private Mono<Sheet> load(UUID attemptId) {
		return this.finder.submit(attemptId)
			.flatMap(Mono::justOrEmpty)
			.flatMap((attempt) -> this.rounds.get(attempt.roundId())
				.flatMap((round) -> Computation.of(() -> draw(attempt, round))));
	}

	private Mono<List<Optional<Attempt>>> find(List<UUID> ids) {
		return this.attempts.find(ids).map((found) -> {
			Map<UUID, Attempt> byId = found.stream().collect(Collectors.toMap(Attempt::id, Function.identity()));
			return ids.stream().map((id) -> Optional.ofNullable(byId.get(id))).toList();
		});
	}

}
