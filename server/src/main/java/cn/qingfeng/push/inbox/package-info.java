/**
 * The member's in-app inbox: every campaign lies there, whatever WeChat did with it.
 */
@NullMarked
package cn.qingfeng.push.inbox;

import org.jspecify.annotations.NullMarked;
