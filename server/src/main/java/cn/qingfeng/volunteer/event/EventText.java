package cn.qingfeng.volunteer.event;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import cn.qingfeng.platform.problem.Violations;
import org.jspecify.annotations.Nullable;

/**
 * What an organiser writes about an event.
 *
 * @param organiser null for the committee itself
 */
record EventText(String title, String description, String place, @Nullable Double latitude, @Nullable Double longitude,
		@Nullable String organiser, int capacity, Instant startsAt, Instant endsAt, boolean cancelled) {

	private static final Duration LONGEST = Duration.ofDays(3);

	private static final String COMMITTEE = "市直机关工委";

	Event event(UUID id, long version) {
		new Violations().require(this.startsAt.isBefore(this.endsAt), "endsAt", "结束时间须晚于开始时间")
			.require(Duration.between(this.startsAt, this.endsAt).compareTo(LONGEST) <= 0, "endsAt", "一场活动最长三天")
			.require((this.latitude == null) == (this.longitude == null), "longitude", "经纬度须同时填写")
			.throwIfAny();
		String host = (this.organiser != null && !this.organiser.isBlank()) ? this.organiser : COMMITTEE;
		return new Event(id, this.title, this.description, this.place, this.latitude, this.longitude, host,
				this.capacity, this.startsAt, this.endsAt, this.cancelled, version);
	}

}
