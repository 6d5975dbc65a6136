package cn.qingfeng.wechat;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A code that leads to the public account and tells us by which it was.
 *
 * @param url what the code says, for drawing it ourselves
 * @param picture where WeChat shows it drawn, to everybody
 * @param life how long it works; nothing for always
 */
public record FollowerCode(String url, URI picture, @Nullable Duration life) {

}
