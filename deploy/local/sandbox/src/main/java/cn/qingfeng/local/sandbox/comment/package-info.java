/**
 * What people write under articles.
 */
@NullMarked
package cn.qingfeng.local.sandbox.comment;

import org.jspecify.annotations.NullMarked;
