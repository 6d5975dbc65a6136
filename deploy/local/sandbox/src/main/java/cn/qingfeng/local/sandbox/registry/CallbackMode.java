package cn.qingfeng.local.sandbox.registry;

/**
 * 明文, 兼容 or 安全模式 of the callbacks.
 */
public enum CallbackMode {

	PLAIN, COMPATIBLE, SAFE

}
