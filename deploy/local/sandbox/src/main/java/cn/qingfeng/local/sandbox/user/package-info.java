/**
 * Followers and tags as an account sees them.
 */
@NullMarked
package cn.qingfeng.local.sandbox.user;

import org.jspecify.annotations.NullMarked;
