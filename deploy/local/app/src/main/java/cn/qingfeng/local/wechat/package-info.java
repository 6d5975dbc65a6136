/**
 * The WeChat sandbox as the server's WeChat, with the people of the fictional roster.
 */
@NullMarked
package cn.qingfeng.local.wechat;

import org.jspecify.annotations.NullMarked;
