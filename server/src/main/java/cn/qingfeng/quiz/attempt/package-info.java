/**
 * A member's attempts: drawing the paper, saving answers, handing in, scoring, review;
 * scoring again after a correction, and proofs for those who check.
 */
@NullMarked
package cn.qingfeng.quiz.attempt;

import org.jspecify.annotations.NullMarked;
