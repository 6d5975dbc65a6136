/**
 * The only place that knows WeChat: calls go out through
 * {@link cn.qingfeng.wechat.WechatGateway}, callbacks come in through {@code portal}, and
 * {@code web} serves what pages inside WeChat need.
 * <p>
 * API: {@code WechatGateway} for logins and pushes, {@code WechatChat},
 * {@code WechatArticles}, {@code WechatAudience}, {@code WechatLinks},
 * {@code WechatChecks} and {@code WechatOperations} for the rest, all with the sealed
 * {@code WechatOutcome}; {@code WebLogins} for the OAuth redirect,
 * {@code WechatProperties}; {@code BoundFollowers} is implemented by the module that
 * keeps the roster.
 * <p>
 * Events: the records of {@link cn.qingfeng.wechat.WechatEvent}, published through the
 * outbox in the transaction that stores the callback.
 */
@NullMarked
@ApplicationModule(displayName = "WeChat", allowedDependencies = { "platform", "staff" })
package cn.qingfeng.wechat;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
