package cn.qingfeng.wechat;

import java.time.Instant;

/**
 * What WeChat kept of a call of ours.
 *
 * @param at when it came
 * @param millis how long it took
 * @param path what was called, without the query, which holds a token
 * @param answer what WeChat answered
 */
public record CallTrace(Instant at, long millis, String path, String answer) {

}
