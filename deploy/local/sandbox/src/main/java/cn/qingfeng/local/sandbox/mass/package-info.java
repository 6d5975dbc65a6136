/**
 * Mass sending as asynchronous jobs with quotas and results.
 */
@NullMarked
package cn.qingfeng.local.sandbox.mass;

import org.jspecify.annotations.NullMarked;
