package cn.qingfeng.quiz.attempt;

/**
 * Everything about an attempt that never changes, its questions as ready JSON included.
 * It holds no key.
 *
 * @param attempt as it began; its outcome may have come since
 * @param paper the member's own
 * @param prepared the paper as members get it
 */
record Sheet(Attempt attempt, Paper paper, PreparedPaper prepared) {

}
