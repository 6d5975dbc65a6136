package cn.qingfeng.volunteer.record;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

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
		List<Span> covered = new ArrayList<>();
		List<Entry> confirmed = entries(services, EntryState.CONFIRMED, covered);
		List<Entry> pending = entries(services, EntryState.PENDING, covered);
		List<Entry> entries = Stream.concat(confirmed.stream(), pending.stream())
			.sorted(Comparator.comparing(Entry::checkedInAt).thenComparing(Entry::eventId).reversed())
			.toList();
		return new ServiceRecord(sum(confirmed), sum(pending), entries);
	}

	/** Confirmed hours are counted first, so that a forgotten check-out hides none. */
	private static List<Entry> entries(List<Service> services, EntryState state, List<Span> covered) {
		return services.stream()
			.filter((service) -> service.checkedInAt() != null)
			.filter((service) -> (service.checkedOutAt() != null) == (state == EntryState.CONFIRMED))
			.sorted(Comparator.comparing((Service service) -> Span.of(service).from()).thenComparing(Service::eventId))
			.map((service) -> Entry.of(service, minutes(Span.of(service), covered), state))
			.toList();
	}

	/** Minutes of a span that no span before it covers; then it covers them. */
	private static long minutes(Span span, List<Span> covered) {
		Instant from = span.from();
		Duration uncovered = Duration.ZERO;
		for (Span other : covered) {
			if (other.from().isAfter(from)) {
				uncovered = uncovered.plus(new Span(from, Span.earlier(other.from(), span.to())).length());
			}
			from = Span.later(from, other.to());
		}
		covered.add(span);
		covered.sort(Comparator.comparing(Span::from));
		return uncovered.plus(new Span(from, span.to()).length()).toMinutes();
	}

	private static double sum(List<Entry> entries) {
		return hours(entries.stream().mapToLong(Entry::minutes).sum());
	}

	private static double hours(long minutes) {
		return (minutes / MINUTES_A_TENTH) / 10.0;
	}

	/**
	 * One event in the record.
	 *
	 * @param minutes that count, from which the hours are
	 */
	record Entry(UUID eventId, String title, Instant checkedInAt, @Nullable Instant checkedOutAt, long minutes,
			double hours, EntryState state) {

		private static Entry of(Service service, long minutes, EntryState state) {
			return new Entry(service.eventId(), service.title(), Objects.requireNonNull(service.checkedInAt()),
					service.checkedOutAt(), minutes, ServiceRecord.hours(minutes), state);
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

		private Duration length() {
			return this.from.isBefore(this.to) ? Duration.between(this.from, this.to) : Duration.ZERO;
		}

		private static Instant later(Instant one, Instant other) {
			return one.isAfter(other) ? one : other;
		}

		private static Instant earlier(Instant one, Instant other) {
			return one.isBefore(other) ? one : other;
		}

	}

}
