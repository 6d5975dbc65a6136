package cn.qingfeng.wechat.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;

import cn.qingfeng.platform.time.BusinessTime;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much WeChat allows this account, where it differs from a new one. The console of
 * the account shows the limits; they grow with its followers.
 *
 * @param daily calls a day by endpoint, such as {@code template-send}; zero for no limit
 * @param perMinute calls a minute by endpoint; zero for no limit
 * @param resetAt when WeChat begins to count anew, in China
 * @param pause how long an endpoint rests after WeChat said that it is called too fast
 * @param slow how long it goes on at half its rate after that
 * @param shareWithoutRedis what part of a rate each node may use while none of them can
 * see the others; one divided by the number of nodes
 */
@ConfigurationProperties("qingfeng.wechat.quotas")
@Validated
record QuotaProperties(@Nullable Map<Endpoint, @PositiveOrZero Long> daily,
		@Nullable Map<Endpoint, @PositiveOrZero Integer> perMinute, @NotNull @DefaultValue("00:00") LocalTime resetAt,
		@NotNull @DefaultValue("60s") Duration pause, @NotNull @DefaultValue("1h") Duration slow,
		@DefaultValue("0.5") @DecimalMin("0.01") @DecimalMax("1") double shareWithoutRedis) {

	/** Calls a day, or zero for no limit. */
	long daily(Endpoint endpoint) {
		return (this.daily != null) ? this.daily.getOrDefault(endpoint, endpoint.daily()) : endpoint.daily();
	}

	/** Calls a minute, or zero for no limit. */
	int perMinute(Endpoint endpoint) {
		return (this.perMinute != null) ? this.perMinute.getOrDefault(endpoint, endpoint.perMinute())
				: endpoint.perMinute();
	}

	/** The day whose quota a call at this time uses. */
	LocalDate day(Instant now) {
		return LocalDate.ofInstant(now.minusSeconds(this.resetAt.toSecondOfDay()), BusinessTime.ZONE);
	}

	/** When the quota of this time ends. */
	Instant nextReset(Instant now) {
		return day(now).plusDays(1).atTime(this.resetAt).atZone(BusinessTime.ZONE).toInstant();
	}

}
