/**
 * Keyset pages and their opaque cursors.
 */
@NullMarked
package cn.qingfeng.platform.page;

import org.jspecify.annotations.NullMarked;
