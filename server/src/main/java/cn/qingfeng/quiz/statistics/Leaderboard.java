package cn.qingfeng.quiz.statistics;

import java.util.List;
import java.util.UUID;

/**
 * The best of a round.
 *
 * @param participants members who handed in
 * @param places the best first
 */
record Leaderboard(long participants, List<Place> places) {

	Leaderboard {
		places = List.copyOf(places);
	}

	static Leaderboard suppressed() {
		return new Leaderboard(0, List.of());
	}

	/**
	 * Somebody's best paper.
	 *
	 * @param rank from 1; equal scores share one
	 * @param memberId whose
	 * @param score of 100
	 */
	record Place(int rank, UUID memberId, int score) {

	}

}
