/**
 * What every answer over HTTP has in common.
 */
@NullMarked
package cn.qingfeng.platform.web;

import org.jspecify.annotations.NullMarked;
