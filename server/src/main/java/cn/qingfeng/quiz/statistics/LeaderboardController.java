package cn.qingfeng.quiz.statistics;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.contract.member.QuizLeaderboardApi;
import cn.qingfeng.contract.member.model.LeaderboardPlace;
import cn.qingfeng.member.MemberName;
import cn.qingfeng.member.Members;
import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.statistics.Leaderboard.Place;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Who was erased keeps a place, so that the ranks of the others stay, and has no name.
 */
@RestController
class LeaderboardController implements QuizLeaderboardApi {

	private static final String NOBODY = "已注销";

	private final LeaderboardReading leaderboards;

	private final Members members;

	LeaderboardController(LeaderboardReading leaderboards, Members members) {
		this.leaderboards = leaderboards;
		this.members = members;
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.member.model.Leaderboard>> getLeaderboard(UUID id,
			ServerWebExchange exchange) {
		return CurrentMember.memberId()
			.flatMap((me) -> this.leaderboards.of(new RoundId(id))
				.flatMap((board) -> this.members.names(board.places().stream().map(Place::memberId).toList())
					.map((names) -> body(board, names, me))))
			.map(ResponseEntity::ok);
	}

	private static cn.qingfeng.contract.member.model.Leaderboard body(Leaderboard board, Map<UUID, MemberName> names,
			UUID me) {
		List<LeaderboardPlace> places = board.places().stream().map((place) -> place(place, names, me)).toList();
		return new cn.qingfeng.contract.member.model.Leaderboard(places.isEmpty(), places);
	}

	private static LeaderboardPlace place(Place place, Map<UUID, MemberName> names, UUID me) {
		MemberName name = names.get(place.memberId());
		return new LeaderboardPlace(place.rank(), (name != null) ? masked(name.name()) : NOBODY,
				(name != null) ? name.unitName() : "", place.score(), place.memberId().equals(me));
	}

	/** The first character; always two stars, so that the length tells nothing either. */
	private static String masked(String name) {
		return name.substring(0, name.offsetByCodePoints(0, 1)) + "**";
	}

}
