package cn.qingfeng.wechat;

/**
 * How fast WeChat hands out a mass send.
 *
 * @param step from 0, the fastest with 800,000 a minute, to 4 with 100,000
 * @param tenThousandsAMinute what WeChat makes of it
 */
public record MassSpeed(int step, int tenThousandsAMinute) {

}
