package cn.qingfeng.wechat;

/**
 * What WeChat itself counts for a call of its API.
 *
 * @param dailyLimit calls a day
 * @param used of them
 * @param remaining of them
 */
public record ApiQuota(long dailyLimit, long used, long remaining) {

}
