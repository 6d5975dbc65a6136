/**
 * People as WeChat knows them: log-in, sessions, and the binding to the roster.
 */
@NullMarked
package cn.qingfeng.member.identity;

import org.jspecify.annotations.NullMarked;
