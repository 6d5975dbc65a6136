/**
 * Access tokens and tickets that really expire.
 */
@NullMarked
package cn.qingfeng.local.sandbox.token;

import org.jspecify.annotations.NullMarked;
