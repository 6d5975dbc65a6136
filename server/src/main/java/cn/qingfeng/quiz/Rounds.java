package cn.qingfeng.quiz;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.quiz.round.RoundCatalogue;
import cn.qingfeng.quiz.round.RoundPublishing;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Rounds as the monthly issue needs them: found, signed by their hash, published.
 */
@Service
public class Rounds {

	private final RoundCatalogue catalogue;

	private final RoundPublishing publishing;

	Rounds(RoundCatalogue catalogue, RoundPublishing publishing) {
		this.catalogue = catalogue;
		this.publishing = publishing;
	}

	/** Empty when there is no such round. */
	public Mono<RoundSummary> find(RoundId id) {
		return find(List.of(id)).flatMap((found) -> Mono.justOrEmpty(found.stream().findFirst()));
	}

	/** Those that exist, in no order. */
	public Mono<List<RoundSummary>> find(Collection<RoundId> ids) {
		return this.catalogue.find(ids);
	}

	/** The first made of the rounds that open in that month; empty when there is none. */
	public Mono<RoundSummary> findByMonth(YearMonth month) {
		return this.catalogue.firstOpening(startOf(month), startOf(month.plusMonths(1)));
	}

	/**
	 * The SHA-256 over everything that members would meet: the definition and each
	 * question that may be drawn, with its key. A change of either gives another hash; in
	 * a transaction nobody can change the round between the hash and {@link #publish}.
	 * @param id of the round
	 * @return hexadecimal, empty when there is no such round
	 */
	public Mono<String> contentHash(RoundId id) {
		return this.publishing.contentHash(id);
	}

	/**
	 * Freezes the questions, seals a seed and publishes, in the caller's transaction when
	 * there is one. A round that is published already stays as it is.
	 * @param id of the round
	 * @param byStaff who does it
	 * @return completes when done; 404 without the round, 409 when it cannot be published
	 */
	public Mono<Void> publish(RoundId id, UUID byStaff) {
		return this.publishing.publish(id, byStaff);
	}

	private static Instant startOf(YearMonth month) {
		return month.atDay(1).atStartOfDay(BusinessTime.ZONE).toInstant();
	}

}
