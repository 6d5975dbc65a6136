/**
 * Before a node is ready it does the work of a rush for some seconds, on nothing, so that
 * the compilers of the JVM know it when the rush comes.
 */
@NullMarked
package cn.qingfeng.platform.warmup;

import org.jspecify.annotations.NullMarked;
