/**
 * Keys put right after publication: one person proposes, another approves; the attempts
 * are then scored again, and what each result was before is kept.
 */
@NullMarked
package cn.qingfeng.quiz.correction;

import org.jspecify.annotations.NullMarked;
