/**
 * Drafts, publishing and the pages that articles are read on.
 */
@NullMarked
package cn.qingfeng.local.sandbox.article;

import org.jspecify.annotations.NullMarked;
