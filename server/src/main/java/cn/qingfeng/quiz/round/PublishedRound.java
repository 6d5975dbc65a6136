package cn.qingfeng.quiz.round;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import cn.qingfeng.quiz.RoundId;
import org.jspecify.annotations.Nullable;

/**
 * A round as it was frozen by publishing; it never changes, so it may be cached for ever.
 * It holds no key.
 *
 * @param id of the round
 * @param title for members
 * @param description for members
 * @param opensAt from then members may start
 * @param closesAt from then nobody may
 * @param timeLimitMinutes for one attempt
 * @param attemptsAllowed for each member
 * @param passMark of 100
 * @param reviewPolicy when keys are shown
 * @param seed of every paper
 * @param pools one for each rule
 */
public record PublishedRound(RoundId id, String title, @Nullable String description, Instant opensAt, Instant closesAt,
		int timeLimitMinutes, int attemptsAllowed, int passMark, ReviewPolicy reviewPolicy, Seed seed,
		List<Pool> pools) {

	/** How long after a deadline a request that was under way is still taken. */
	public static final Duration GRACE = Duration.ofSeconds(5);

	public PublishedRound {
		pools = List.copyOf(pools);
	}

	public int questionCount() {
		return this.pools.stream().mapToInt(Pool::count).sum();
	}

	public RoundPhase phase(Instant now) {
		return RoundPhase.of(this.opensAt, this.closesAt, now);
	}

	/** Of an attempt that starts then: never later than the end of the round. */
	public Instant deadline(Instant startedAt) {
		Instant timeUp = startedAt.plus(Duration.ofMinutes(this.timeLimitMinutes));
		return timeUp.isBefore(this.closesAt) ? timeUp : this.closesAt;
	}

	/**
	 * SHA-256 over what papers are drawn from, in hexadecimal. For each pool a line
	 * {@code pool <count>}, then for each question one of
	 * {@code <id> <kind> <number of options>}, each ended by a line feed.
	 */
	public String poolsHash() {
		StringBuilder lines = new StringBuilder();
		for (Pool pool : this.pools) {
			lines.append("pool ").append(pool.count()).append('\n');
			pool.questions().forEach((question) -> lines.append(question.line()).append('\n'));
		}
		return Seed.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
	}

	/** Whether no paper can be open any more, grace included. */
	public boolean isOver(Instant now) {
		return !now.isBefore(this.closesAt.plus(GRACE));
	}

}
