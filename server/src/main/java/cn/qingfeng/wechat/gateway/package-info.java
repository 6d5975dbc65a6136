/**
 * Calls to WeChat over WxJava: tokens, lanes, breakers and the reading of answers.
 */
@NullMarked
package cn.qingfeng.wechat.gateway;

import org.jspecify.annotations.NullMarked;
