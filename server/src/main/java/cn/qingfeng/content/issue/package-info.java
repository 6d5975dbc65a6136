/**
 * The monthly issue: articles and a quiz, reviewed once and published as one.
 */
@NullMarked
package cn.qingfeng.content.issue;

import org.jspecify.annotations.NullMarked;
