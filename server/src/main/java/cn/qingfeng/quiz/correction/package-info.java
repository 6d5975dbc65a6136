/**
 * Keys put right after publication, of choices and of written answers: one person
 * proposes, another approves; the attempts are then scored again, and what each result
 * was before is kept. A later correction may undo an earlier one.
 */
@NullMarked
package cn.qingfeng.quiz.correction;

import org.jspecify.annotations.NullMarked;
