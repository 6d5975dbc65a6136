package cn.qingfeng.wechat;

/**
 * Kinds of media that WeChat keeps for three days.
 */
public enum MediaKind {

	IMAGE, VOICE, VIDEO, THUMB

}
