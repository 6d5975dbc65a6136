/**
 * Errors as RFC 9457 documents with Chinese and English texts.
 */
@NullMarked
package cn.qingfeng.platform.problem;

import org.jspecify.annotations.NullMarked;
