package cn.qingfeng.volunteer.event;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A volunteer event.
 *
 * @param organiser who invites, as members read it
 * @param version for {@code If-Match}
 */
public record Event(UUID id, String title, String description, String place, @Nullable Double latitude,
		@Nullable Double longitude, String organiser, int capacity, Instant startsAt, Instant endsAt, boolean cancelled,
		long version) {

	/** People come before the beginning. */
	private static final Duration EARLY = Duration.ofHours(1);

	/** And sign out a while after the end. */
	private static final Duration LATE = Duration.ofHours(2);

	public EventState state(Instant now) {
		if (this.cancelled) {
			return EventState.CANCELLED;
		}
		if (now.isBefore(this.startsAt)) {
			return EventState.UPCOMING;
		}
		return now.isBefore(this.endsAt) ? EventState.ONGOING : EventState.PAST;
	}

	/** Whether members may check in or out at this moment. */
	public boolean isOpenForCheckIn(Instant at) {
		return !this.cancelled && !at.isBefore(this.startsAt.minus(EARLY)) && at.isBefore(this.endsAt.plus(LATE));
	}

	/** Whether members may sign up or withdraw at this moment. */
	boolean isOpenForRegistration(Instant now) {
		return !this.cancelled && now.isBefore(this.endsAt);
	}

}
