/**
 * Codes to scan: those of a public account with a scene, and those of a mini-program's
 * pages.
 */
@NullMarked
package cn.qingfeng.local.sandbox.qr;

import org.jspecify.annotations.NullMarked;
