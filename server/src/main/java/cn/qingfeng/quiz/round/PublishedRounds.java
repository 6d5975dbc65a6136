package cn.qingfeng.quiz.round;

import java.time.Duration;
import java.util.function.Function;

import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.reactor.SharedLoads;
import cn.qingfeng.quiz.RoundId;
import com.github.benmanes.caffeine.cache.Caffeine;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Published rounds and their keys, kept in this node's memory for a few seconds. The
 * questions never change, the end of the window and the key may: whoever changes them
 * waits {@link #KNOWN_EVERYWHERE} or makes up for what an old copy did. Papers and keys
 * are kept apart.
 */
@Service
public class PublishedRounds {

	private static final int KEPT = 64;

	private static final Duration BELIEVED = Duration.ofSeconds(5);

	/**
	 * After that long no node works with what was before, requests in flight included.
	 */
	public static final Duration KNOWN_EVERYWHERE = Duration.ofMinutes(1);

	private final SharedLoads<RoundId, PublishedRound> rounds;

	private final SharedLoads<RoundId, AnswerKey> keys;

	private final RoundSnapshots snapshots;

	PublishedRounds(RoundSnapshots snapshots) {
		this.snapshots = snapshots;
		this.rounds = cache(snapshots::load);
		this.keys = cache(snapshots::key);
	}

	/** Fails with 404 for a draft as for a stranger. */
	public Mono<PublishedRound> get(RoundId id) {
		return this.rounds.get(id).switchIfEmpty(Mono.error(NotFoundProblem::new));
	}

	/** Only for rounds that {@link #get} found. */
	public Mono<AnswerKey> key(RoundId id) {
		return this.keys.get(id);
	}

	/** This node reads it again the next time. */
	public void forget(RoundId id) {
		this.rounds.forget(id);
		this.keys.forget(id);
	}

	/** As it is now, also in the transaction that corrects it. */
	public Mono<AnswerKey> presentKey(RoundId id) {
		return this.snapshots.key(id);
	}

	/** Nobody waits for what is read again. */
	private static <T> SharedLoads<RoundId, T> cache(Function<RoundId, Mono<T>> load) {
		return new SharedLoads<>(Caffeine.newBuilder()
			.maximumSize(KEPT)
			.refreshAfterWrite(BELIEVED)
			.expireAfterWrite(BELIEVED.multipliedBy(3)), load);
	}

}
