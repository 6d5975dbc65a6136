package cn.qingfeng.wechat;

/**
 * WeChat said yes and had nothing to add.
 */
public enum Acknowledged {

	OK

}
