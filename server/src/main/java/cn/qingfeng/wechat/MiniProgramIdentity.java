package cn.qingfeng.wechat;

import org.jspecify.annotations.Nullable;

/**
 * Who logged in to the mini-program. The session key stays behind: nothing here needs it.
 *
 * @param openid the person within the mini-program
 * @param unionid the person across accounts, when they share an open-platform account
 */
public record MiniProgramIdentity(String openid, @Nullable String unionid) {

}
