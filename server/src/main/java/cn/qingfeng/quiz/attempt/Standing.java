package cn.qingfeng.quiz.attempt;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Where a member stands in a round.
 *
 * @param used attempts begun
 * @param openAttemptId the one that can be gone on with
 * @param bestScore of those handed in
 */
record Standing(int used, @Nullable UUID openAttemptId, @Nullable Integer bestScore) {

}
