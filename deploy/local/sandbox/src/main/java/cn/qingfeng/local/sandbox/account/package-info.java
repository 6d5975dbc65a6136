/**
 * What an account asks about itself: quotas, request ids, WeChat's own addresses.
 */
@NullMarked
package cn.qingfeng.local.sandbox.account;

import org.jspecify.annotations.NullMarked;
