/**
 * The levers behind the scenes, under /_sandbox.
 */
@NullMarked
package cn.qingfeng.local.sandbox.control;

import org.jspecify.annotations.NullMarked;
