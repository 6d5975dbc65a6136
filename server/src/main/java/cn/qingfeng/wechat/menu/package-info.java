/**
 * The menu under the chat with the public account: written here, handed to WeChat by
 * hand.
 */
@NullMarked
package cn.qingfeng.wechat.menu;

import org.jspecify.annotations.NullMarked;
