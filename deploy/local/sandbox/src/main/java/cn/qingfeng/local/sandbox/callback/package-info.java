/**
 * Messages and events on their way to the backend: signed, encrypted, tried three times.
 */
@NullMarked
package cn.qingfeng.local.sandbox.callback;

import org.jspecify.annotations.NullMarked;
