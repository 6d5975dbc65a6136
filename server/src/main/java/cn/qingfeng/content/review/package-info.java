/**
 * 三审三校: three people sign one hash, whatever it is the hash of.
 */
@NullMarked
package cn.qingfeng.content.review;

import org.jspecify.annotations.NullMarked;
