package cn.qingfeng.quiz;

import java.time.Instant;

/**
 * What others show of a round.
 *
 * @param id of the round
 * @param title for members
 * @param state draft or published
 * @param opensAt from then members may start
 * @param closesAt from then nobody may
 */
public record RoundSummary(RoundId id, String title, RoundState state, Instant opensAt, Instant closesAt) {

}
