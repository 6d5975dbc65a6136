package cn.qingfeng.local.sandbox.http;

import cn.qingfeng.local.sandbox.fault.Fault;
import org.jspecify.annotations.Nullable;

/**
 * An answer, and the fault that may keep it from arriving whole.
 */
public record Answered(Reply reply, @Nullable Fault fault) {
}
