/**
 * The starting content: plain files beside this module, on the classpath under
 * {@code seeds/}. {@code FORMAT.md} describes each folder; the tests of this module check
 * every file. Java is needed only for the fictional roster.
 */
@NullMarked
package cn.qingfeng.seeds;

import org.jspecify.annotations.NullMarked;
