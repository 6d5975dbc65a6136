/**
 * Requests and answers in WeChat's shapes, and the table of paths.
 */
@NullMarked
package cn.qingfeng.local.sandbox.http;

import org.jspecify.annotations.NullMarked;
