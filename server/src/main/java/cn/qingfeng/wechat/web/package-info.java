/**
 * What pages inside WeChat need from us: login redirects and JS-SDK signatures.
 */
@NullMarked
package cn.qingfeng.wechat.web;

import org.jspecify.annotations.NullMarked;
