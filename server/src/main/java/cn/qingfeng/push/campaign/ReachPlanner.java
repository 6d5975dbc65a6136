package cn.qingfeng.push.campaign;

import java.util.List;
import java.util.UUID;

import cn.qingfeng.member.MemberReach;
import cn.qingfeng.member.Members;
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
		return audience().flatMapIterable((page) -> page)
			.collectList()
			.map((reaches) -> ReachPlan.of(campaign, reaches));
	}

	/** All active members; each page is asked for when the one before has been used. */
	public Flux<List<MemberReach>> audience() {
		return this.members.reach(null, PAGE)
			.expand((page) -> (page.size() < PAGE) ? Mono.empty() : this.members.reach(lastOf(page), PAGE))
			.filter((page) -> !page.isEmpty());
	}

	private static UUID lastOf(List<MemberReach> page) {
		return page.getLast().memberId();
	}

}
