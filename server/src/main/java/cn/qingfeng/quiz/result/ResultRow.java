package cn.qingfeng.quiz.result;

import java.time.Instant;
import java.util.UUID;

/**
 * One result.
 *
 * @param memberId whose
 * @param number of the member's attempts at the round
 * @param startedAt when it began
 * @param submittedAt when it was handed in
 * @param byDeadline whether the deadline did that
 * @param correct questions answered rightly
 * @param score of 100
 * @param passed whether the pass mark is reached
 * @param corrected whether a correction changed it
 * @param marked whether a person marked an answer
 */
record ResultRow(UUID memberId, int number, Instant startedAt, Instant submittedAt, boolean byDeadline, int correct,
		int score, boolean passed, boolean corrected, boolean marked) {

}
