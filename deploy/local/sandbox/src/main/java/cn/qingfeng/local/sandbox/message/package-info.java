/**
 * Template messages and subscription messages with their receipts.
 */
@NullMarked
package cn.qingfeng.local.sandbox.message;

import org.jspecify.annotations.NullMarked;
