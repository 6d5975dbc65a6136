/**
 * Links and keys that stand for something longer, for a while.
 */
@NullMarked
package cn.qingfeng.local.sandbox.link;

import org.jspecify.annotations.NullMarked;
