package cn.qingfeng.quiz.attempt;

import cn.qingfeng.quiz.round.PublishedRound;
import tools.jackson.core.SerializableString;

/**
 * Everything about an attempt that never changes, its questions as ready JSON included.
 * It holds no key.
 *
 * @param attempt as it began; its outcome may have come since
 * @param round what is attempted
 * @param paper the member's own
 * @param questions of the paper as members get them
 */
record Sheet(Attempt attempt, PublishedRound round, Paper paper, SerializableString questions) {

}
