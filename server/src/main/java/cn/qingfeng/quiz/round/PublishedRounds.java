package cn.qingfeng.quiz.round;

import java.time.Duration;

import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.reactor.Detached;
import cn.qingfeng.quiz.RoundId;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Published rounds and their keys, kept in this node's memory: nothing of them ever
 * changes, so nothing is ever invalidated. Papers and keys are kept apart.
 */
@Service
public class PublishedRounds {

	private static final int KEPT = 64;

	private static final Duration UNUSED = Duration.ofHours(2);

	private final AsyncCache<RoundId, PublishedRound> rounds = Caffeine.newBuilder()
		.maximumSize(KEPT)
		.expireAfterAccess(UNUSED)
		.buildAsync();

	private final AsyncCache<RoundId, AnswerKey> keys = Caffeine.newBuilder()
		.maximumSize(KEPT)
		.expireAfterAccess(UNUSED)
		.buildAsync();

	private final RoundSnapshots snapshots;

	PublishedRounds(RoundSnapshots snapshots) {
		this.snapshots = snapshots;
	}

	/** Fails with 404 for a draft as for a stranger. */
	public Mono<PublishedRound> get(RoundId id) {
		return cached(this.rounds, id, this.snapshots.load(id)).switchIfEmpty(Mono.error(NotFoundProblem::new));
	}

	/** Only for rounds that {@link #get} found. */
	public Mono<AnswerKey> key(RoundId id) {
		return cached(this.keys, id, this.snapshots.key(id));
	}

	/** One load for all who ask at once; an absent round is not remembered. */
	private static <T> Mono<T> cached(AsyncCache<RoundId, T> cache, RoundId id, Mono<T> load) {
		return Mono.fromFuture(() -> cache.get(id, (key, executor) -> Detached.start(load)), true);
	}

}
