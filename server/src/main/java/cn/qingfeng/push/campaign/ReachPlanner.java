package cn.qingfeng.push.campaign;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import cn.qingfeng.member.MemberReach;
import cn.qingfeng.member.Members;
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

	ReachPlanner(Members members) {
		this.members = members;
	}

	Mono<ReachPlan> plan(Campaign campaign) {
		return walk(Mono::just).flatMapIterable((page) -> page)
			.collectList()
			.map((reaches) -> ReachPlan.of(campaign, reaches));
	}

	/**
	 * Walks through all active members. The next page is asked for only when the visit of
	 * the one before has ended, for both may use the connection of one transaction.
	 * @param visit what to do with a page
	 * @param <T> what a visit gives
	 * @return what the visits gave
	 */
	public <T> Flux<T> walk(Function<List<MemberReach>, Mono<T>> visit) {
		return step(null, visit).expand((step) -> step.isLast() ? Mono.empty() : step(step.last(), visit))
			.map(Step::result);
	}

	private <T> Mono<Step<T>> step(@Nullable UUID after, Function<List<MemberReach>, Mono<T>> visit) {
		return this.members.reach(after, PAGE)
			.flatMap((page) -> visit.apply(page)
				.map((result) -> new Step<>(page.isEmpty() ? null : page.getLast().memberId(), page.size() < PAGE,
						result)));
	}

	/**
	 * One page of the walk.
	 *
	 * @param last the member after whom the next page begins, null for an empty page
	 */
	private record Step<T>(@Nullable UUID last, boolean isLast, T result) {

	}

}
