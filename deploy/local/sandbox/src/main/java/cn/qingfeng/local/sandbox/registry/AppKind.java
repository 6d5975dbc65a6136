package cn.qingfeng.local.sandbox.registry;

/**
 * 订阅号, 服务号 or 小程序.
 */
public enum AppKind {

	SUBSCRIPTION, SERVICE, MINI

}
