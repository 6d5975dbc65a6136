package cn.qingfeng.platform.warmup;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Warming up.
 *
 * @param time for which a start waits before it is ready, none by default
 */
@ConfigurationProperties("qingfeng.warm-up")
record WarmUpProperties(@DefaultValue("0s") Duration time) {

}
