package cn.qingfeng.wechat;

/**
 * What a page hands to {@code wx.config}.
 *
 * @param appId the public account
 * @param timestamp seconds
 * @param nonce random
 * @param signature over ticket, nonce, timestamp and the page's address
 */
public record JsSdkSignature(String appId, long timestamp, String nonce, String signature) {

}
