package cn.qingfeng.push.campaign;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

import cn.qingfeng.member.MemberReach;
import cn.qingfeng.member.Members;
import cn.qingfeng.push.consent.ConsentWallet;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Walks through the audience of a campaign, page by page in the order of ids.
 */
@Service
public class ReachPlanner {

	private static final int PAGE = 500;

	private final Members members;

	private final ConsentWallet wallet;

	ReachPlanner(Members members, ConsentWallet wallet) {
		this.members = members;
		this.wallet = wallet;
	}

	Mono<ReachPlan> plan(Campaign campaign) {
		return walk(campaign, Mono::just).flatMapIterable((page) -> page)
			.collectList()
			.map((recipients) -> ReachPlan.of(campaign, recipients));
	}

	/**
	 * Walks through all active members. The next page is asked for only when the visit of
	 * the one before has ended, for both may use the connection of one transaction.
	 * @param campaign decides on the channels
	 * @param visit what to do with a page
	 * @param <T> what a visit gives
	 * @return what the visits gave
	 */
	public <T> Flux<T> walk(Campaign campaign, Function<List<Recipient>, Mono<T>> visit) {
		return step(campaign, null, visit)
			.expand((step) -> step.isLast() ? Mono.empty() : step(campaign, step.last(), visit))
			.map(Step::result);
	}

	private <T> Mono<Step<T>> step(Campaign campaign, @Nullable UUID after, Function<List<Recipient>, Mono<T>> visit) {
		return this.members.reach(after, PAGE)
			.flatMap((reaches) -> recipients(campaign, reaches))
			.flatMap((page) -> visit.apply(page)
				.map((result) -> new Step<>(page.isEmpty() ? null : page.getLast().memberId(), page.size() < PAGE,
						result)));
	}

	private Mono<List<Recipient>> recipients(Campaign campaign, List<MemberReach> reaches) {
		return this.wallet
			.holders(reaches.stream().map(MemberReach::miniProgramOpenid).filter(Objects::nonNull).toList())
			.map((consenting) -> reaches.stream()
				.map((reach) -> Recipient.of(campaign.kind(), reach, consenting))
				.toList());
	}

	/**
	 * One page of the walk.
	 *
	 * @param last the member after whom the next page begins, null for an empty page
	 */
	private record Step<T>(@Nullable UUID last, boolean isLast, T result) {

	}

}
