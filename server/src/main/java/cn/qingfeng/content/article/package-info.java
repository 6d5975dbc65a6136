/**
 * Articles from the first draft to recall, and the columns they stand in.
 */
@NullMarked
package cn.qingfeng.content.article;

import org.jspecify.annotations.NullMarked;
