/**
 * Tables that people upload, read without trusting them.
 */
@NullMarked
package cn.qingfeng.platform.sheet;

import org.jspecify.annotations.NullMarked;
