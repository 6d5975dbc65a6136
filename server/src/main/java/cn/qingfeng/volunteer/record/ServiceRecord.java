package cn.qingfeng.volunteer.record;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A member's service and its hours. Only recorded times count: from check-in to
 * check-out, never before the beginning nor after the end of the event, and time at two
 * events at once only once. Without a check-out the hours are pending. Counted in tenths
 * of an hour, rounded down.
 *
 * @param hours confirmed
 * @param pendingHours what would be confirmed if the member had stayed to the end
 * @param entries newest first
 */
record ServiceRecord(double hours, double pendingHours, List<Entry> entries) {

	private static final int MINUTES_A_TENTH = 6;

	ServiceRecord {
		entries = List.copyOf(entries);
	}

	static ServiceRecord of(List<Service> services) {
		List<Service> inOrder = services.stream()
			.filter((service) -> service.checkedInAt() != null)
			.sorted(Comparator.comparing((Service service) -> Objects.requireNonNull(service.checkedInAt()))
				.thenComparing(Service::eventId))
			.toList();
		List<Entry> entries = new ArrayList<>();
		long confirmed = 0;
		long pending = 0;
		Instant covered = Instant.MIN;
		for (Service service : inOrder) {
			Span span = Span.of(service);
			long minutes = span.minutesAfter(covered);
			covered = span.to().isAfter(covered) ? span.to() : covered;
			boolean open = service.checkedOutAt() == null;
			confirmed += open ? 0 : minutes;
			pending += open ? minutes : 0;
			entries.add(Entry.of(service, minutes, open));
		}
		return new ServiceRecord(hours(confirmed), hours(pending), entries.reversed());
	}

	private static double hours(long minutes) {
		return (minutes / MINUTES_A_TENTH) / 10.0;
	}

	/**
	 * One event in the record.
	 */
	record Entry(UUID eventId, String title, Instant checkedInAt, @Nullable Instant checkedOutAt, double hours,
			EntryState state) {

		private static Entry of(Service service, long minutes, boolean open) {
			return new Entry(service.eventId(), service.title(), Objects.requireNonNull(service.checkedInAt()),
					service.checkedOutAt(), ServiceRecord.hours(minutes),
					open ? EntryState.PENDING : EntryState.CONFIRMED);
		}

	}

	/**
	 * Whether the hours are certain.
	 */
	enum EntryState {

		CONFIRMED, PENDING

	}

	/**
	 * The part of a service that lies within its event.
	 */
	private record Span(Instant from, Instant to) {

		private static Span of(Service service) {
			Instant from = later(Objects.requireNonNull(service.checkedInAt()), service.startsAt());
			Instant out = service.checkedOutAt();
			Instant to = (out != null && out.isBefore(service.endsAt())) ? out : service.endsAt();
			return new Span(from, later(to, from));
		}

		private long minutesAfter(Instant covered) {
			Instant start = later(this.from, covered);
			return start.isBefore(this.to) ? Duration.between(start, this.to).toMinutes() : 0;
		}

		private static Instant later(Instant one, Instant other) {
			return one.isAfter(other) ? one : other;
		}

	}

}
