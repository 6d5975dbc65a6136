/**
 * Questions in and out of the files that offices and learning platforms use: every format
 * is read into the same drafts, with an error for each row that makes no sense, and
 * written so that it reads back the same.
 */
@NullMarked
package cn.qingfeng.quiz.exchange;

import org.jspecify.annotations.NullMarked;
