package cn.qingfeng.push.campaign;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;

import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.push.PushProperties;

import org.springframework.stereotype.Component;

/**
 * The hours of the night in which no notice rings a phone.
 */
@Component
public class QuietHours {

	private final LocalTime from;

	private final LocalTime to;

	QuietHours(PushProperties properties) {
		this.from = properties.quietFrom();
		this.to = properties.quietTo();
	}

	public boolean contain(Instant instant) {
		LocalTime time = LocalTime.ofInstant(instant, BusinessTime.ZONE);
		if (this.from.isAfter(this.to)) {
			return !time.isBefore(this.from) || time.isBefore(this.to);
		}
		return !time.isBefore(this.from) && time.isBefore(this.to);
	}

	/** The instant itself, or the end of the quiet hours that it lies in. */
	public Instant firstAllowed(Instant instant) {
		if (!contain(instant)) {
			return instant;
		}
		ZonedDateTime local = instant.atZone(BusinessTime.ZONE);
		LocalDateTime end = local.toLocalDate().atTime(this.to);
		LocalDateTime next = end.isAfter(local.toLocalDateTime()) ? end : end.plusDays(1);
		return next.atZone(BusinessTime.ZONE).toInstant();
	}

}
