/**
 * Tables that people upload, read without trusting them, and tables that are written for
 * them.
 */
@NullMarked
package cn.qingfeng.platform.sheet;

import org.jspecify.annotations.NullMarked;
