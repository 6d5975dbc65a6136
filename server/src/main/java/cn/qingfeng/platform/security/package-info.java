/**
 * Who calls, and what the contract lets them call.
 */
@NullMarked
package cn.qingfeng.platform.security;

import org.jspecify.annotations.NullMarked;
