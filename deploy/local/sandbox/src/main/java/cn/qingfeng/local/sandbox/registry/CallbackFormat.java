package cn.qingfeng.local.sandbox.registry;

/**
 * How a callback's body is written.
 */
public enum CallbackFormat {

	XML, JSON

}
