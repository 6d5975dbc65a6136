/**
 * How a round went, for those who write questions: which were too hard, which told good
 * papers from weak ones, which wrong options nobody took. Nothing tells who, but a
 * ranking that is off unless an exception allows it.
 */
@NullMarked
package cn.qingfeng.quiz.statistics;

import org.jspecify.annotations.NullMarked;
