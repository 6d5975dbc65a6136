package cn.qingfeng.platform.limit;

import java.time.Duration;

/**
 * How often somebody may do something.
 *
 * @param most calls within the window
 * @param window that begins with the first of them
 */
public record RateLimit(int most, Duration window) {

}
