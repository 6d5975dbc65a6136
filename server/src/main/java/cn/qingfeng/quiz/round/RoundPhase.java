package cn.qingfeng.quiz.round;

import java.time.Instant;

/**
 * Where a published round stands in time.
 */
public enum RoundPhase {

	UPCOMING, OPEN, CLOSED;

	/**
	 * The phase at a moment.
	 * @param opensAt included
	 * @param closesAt not included
	 * @param now the moment
	 * @return the phase
	 */
	public static RoundPhase of(Instant opensAt, Instant closesAt, Instant now) {
		if (now.isBefore(opensAt)) {
			return UPCOMING;
		}
		return now.isBefore(closesAt) ? OPEN : CLOSED;
	}

}
