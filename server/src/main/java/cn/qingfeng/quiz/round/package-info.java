/**
 * Rounds: what is asked, when, by which rules; publication freezes the questions and
 * seals the seed.
 */
@NullMarked
package cn.qingfeng.quiz.round;

import org.jspecify.annotations.NullMarked;
