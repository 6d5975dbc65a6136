/**
 * Checks of what people write and upload.
 */
@NullMarked
package cn.qingfeng.local.sandbox.security;

import org.jspecify.annotations.NullMarked;
