/**
 * Pictures and files that articles and messages refer to.
 */
@NullMarked
package cn.qingfeng.local.sandbox.media;

import org.jspecify.annotations.NullMarked;
