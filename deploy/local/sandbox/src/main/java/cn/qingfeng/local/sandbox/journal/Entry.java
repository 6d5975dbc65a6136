package cn.qingfeng.local.sandbox.journal;

import java.time.Instant;

/**
 * One call and its answer.
 *
 * @param fault the fault that struck it, or empty
 */
public record Entry(long number, Instant at, String appid, String method, String path, String query, String body,
		int status, long errcode, String answer, String rid, String fault) {
}
