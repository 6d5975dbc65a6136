package cn.qingfeng.wechat;

import org.jspecify.annotations.Nullable;

/**
 * Who came back from the consent page of the public account.
 *
 * @param openid the person within the public account
 * @param unionid the person across accounts, when WeChat tells it
 * @param snapshot a virtual visitor of WeChat's snapshot page, never to be bound to a
 * member
 */
public record WebIdentity(String openid, @Nullable String unionid, boolean snapshot) {

}
