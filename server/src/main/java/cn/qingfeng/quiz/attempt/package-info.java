/**
 * A member's attempts: drawing the paper, saving answers, handing in, scoring, review.
 */
@NullMarked
package cn.qingfeng.quiz.attempt;

import org.jspecify.annotations.NullMarked;
