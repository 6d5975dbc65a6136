package cn.qingfeng.quiz.attempt;

import java.util.UUID;

/**
 * An answer as it is stored.
 *
 * @param questionId on the paper
 * @param options chosen, as bits over the author's order
 * @param version counts its changes
 */
record SavedAnswer(UUID questionId, int options, long version) {

}
