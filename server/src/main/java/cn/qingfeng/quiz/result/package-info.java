/**
 * Results of rounds as tables, and what units had to do with them as far as the policy
 * lets anybody ask.
 */
@NullMarked
package cn.qingfeng.quiz.result;

import org.jspecify.annotations.NullMarked;
