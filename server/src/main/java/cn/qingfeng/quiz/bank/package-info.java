/**
 * Banks of questions with their keys, read by staff only; filled from the seeds.
 */
@NullMarked
package cn.qingfeng.quiz.bank;

import org.jspecify.annotations.NullMarked;
