/**
 * What was asked and what was answered.
 */
@NullMarked
package cn.qingfeng.local.sandbox.journal;

import org.jspecify.annotations.NullMarked;
