/**
 * What looks odd in a round: hints for its organiser, with reasons. Nothing follows from
 * them by itself.
 */
@NullMarked
package cn.qingfeng.quiz.fairness;

import org.jspecify.annotations.NullMarked;
