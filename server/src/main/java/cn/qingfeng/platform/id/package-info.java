/**
 * Identifiers.
 */
@NullMarked
package cn.qingfeng.platform.id;

import org.jspecify.annotations.NullMarked;
