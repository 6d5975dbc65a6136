/**
 * Callbacks from WeChat: verified, decrypted, stored once and turned into events.
 */
@NullMarked
package cn.qingfeng.wechat.portal;

import org.jspecify.annotations.NullMarked;
