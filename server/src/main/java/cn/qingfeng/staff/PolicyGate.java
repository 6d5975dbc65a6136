package cn.qingfeng.staff;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import cn.qingfeng.staff.policy.PolicyExceptions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Tells whether an exception is in force. What the database said is believed for five
 * seconds; an exception that ends within them ends on the second.
 */
@Service
public class PolicyGate {

	private static final Duration BELIEVED = Duration.ofSeconds(5);

	private final PolicyExceptions exceptions;

	private final Clock clock;

	private volatile @Nullable Snapshot snapshot;

	PolicyGate(PolicyExceptions exceptions, Clock clock) {
		this.exceptions = exceptions;
		this.clock = clock;
	}

	/**
	 * Whether something that is off by default may be done now.
	 * @param exception what
	 * @return true only while an exception that two people approved is in force
	 */
	public Mono<Boolean> allows(PolicyException exception) {
		return Mono.defer(() -> {
			Instant now = this.clock.instant();
			Snapshot known = this.snapshot;
			return (known != null && known.isFresh(now)) ? Mono.just(known) : load(now);
		}).map((loaded) -> loaded.allows(exception, this.clock.instant()));
	}

	/** Ends the belief on this node at once. */
	public void forget() {
		this.snapshot = null;
	}

	private Mono<Snapshot> load(Instant now) {
		return this.exceptions.inForce(now)
			.map((ends) -> new Snapshot(now, ends))
			.doOnNext((loaded) -> this.snapshot = loaded);
	}

	/**
	 * What was in force.
	 *
	 * @param at when it was read
	 * @param ends until when each is
	 */
	private record Snapshot(Instant at, Map<PolicyException, Instant> ends) {

		boolean isFresh(Instant now) {
			return !now.isBefore(this.at) && now.isBefore(this.at.plus(BELIEVED));
		}

		boolean allows(PolicyException exception, Instant now) {
			Instant end = this.ends.get(exception);
			return end != null && now.isBefore(end);
		}

	}

}
