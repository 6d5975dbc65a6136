/**
 * The consent wallet: how many subscription messages each person has allowed, counted by
 * what WeChat tells and by what was sent.
 */
@NullMarked
package cn.qingfeng.push.consent;

import org.jspecify.annotations.NullMarked;
