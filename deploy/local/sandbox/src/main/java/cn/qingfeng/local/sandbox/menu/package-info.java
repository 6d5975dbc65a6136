/**
 * The menu under an account's chat.
 */
@NullMarked
package cn.qingfeng.local.sandbox.menu;

import org.jspecify.annotations.NullMarked;
