package cn.qingfeng.volunteer.record;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceRecordTests {

	private static final Instant DAY = Instant.parse("2026-11-22T00:00:00Z");

	@Test
	void onlyTheTimeWithinTheEventCounts() {
		ServiceRecord record = ServiceRecord.of(List.of(service(60, 180, 30, 200)));
		assertThat(record.hours()).isEqualTo(2.0);
		assertThat(record.pendingHours()).isZero();
		assertThat(record.entries()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(ServiceRecord.EntryState.CONFIRMED));
	}

	@Test
	void withoutACheckOutTheHoursArePending() {
		ServiceRecord record = ServiceRecord.of(List.of(service(60, 180, 70, null)));
		assertThat(record.hours()).isZero();
		assertThat(record.pendingHours()).isEqualTo(1.8);
		assertThat(record.entries().getFirst().state()).isEqualTo(ServiceRecord.EntryState.PENDING);
	}

	@Test
	void tenthsAreRoundedDown() {
		assertThat(ServiceRecord.of(List.of(service(0, 120, 0, 5))).hours()).isZero();
		assertThat(ServiceRecord.of(List.of(service(0, 120, 0, 6))).hours()).isEqualTo(0.1);
		assertThat(ServiceRecord.of(List.of(service(0, 120, 0, 119))).hours()).isEqualTo(1.9);
	}

	@Test
	void timeAtTwoEventsAtOnceCountsOnce() {
		ServiceRecord record = ServiceRecord.of(List.of(service(0, 120, 0, 120), service(60, 180, 60, 180)));
		assertThat(record.hours()).isEqualTo(3.0);
	}

	@Test
	void whoComesEarlyToALaterEventLosesNothingOfTheOneBefore() {
		ServiceRecord record = ServiceRecord.of(List.of(service(120, 180, 60, 180), service(60, 110, 65, 110)));
		assertThat(record.hours()).isEqualTo(1.7);
	}

	@Test
	void aForgottenCheckOutDoesNotTakeAwayConfirmedHours() {
		ServiceRecord record = ServiceRecord.of(List.of(service(0, 240, 0, null), service(60, 120, 60, 120)));
		assertThat(record.hours()).isEqualTo(1.0);
		assertThat(record.pendingHours()).isEqualTo(3.0);
	}

	@Test
	void whoOnlyCheckedOutHasNoHours() {
		assertThat(ServiceRecord.of(List.of(service(0, 60, null, 60))).entries()).isEmpty();
	}

	@Test
	void theNewestComesFirst() {
		ServiceRecord record = ServiceRecord.of(List.of(service(0, 60, 0, 60), service(200, 260, 200, 260)));
		assertThat(record.entries()).extracting(ServiceRecord.Entry::checkedInAt)
			.isSortedAccordingTo(Collections.reverseOrder());
	}

	/** Against an oracle that counts minute by minute. */
	@Test
	void anyHistoryCountsEachConfirmedMinuteOnce() {
		for (int seed = 0; seed < 2_000; seed++) {
			List<Service> services = history(new Random(seed));
			BitSet confirmed = minutes(services, true);
			BitSet pending = minutes(services, false);
			pending.andNot(confirmed);
			ServiceRecord record = ServiceRecord.of(services);
			assertThat(record.hours()).as("seed %d %s", seed, services).isEqualTo(confirmed.cardinality() / 6 / 10.0);
			assertThat(record.pendingHours()).as("seed %d %s", seed, services)
				.isEqualTo(pending.cardinality() / 6 / 10.0);
		}
	}

	@Test
	void theOrderOfTheHistoryDoesNotMatter() {
		for (int seed = 0; seed < 200; seed++) {
			List<Service> services = history(new Random(seed));
			List<Service> shuffled = new ArrayList<>(services);
			Collections.shuffle(shuffled, new Random(seed));
			assertThat(ServiceRecord.of(shuffled)).isEqualTo(ServiceRecord.of(services));
		}
	}

	private static BitSet minutes(List<Service> services, boolean closed) {
		BitSet minutes = new BitSet();
		for (Service service : services) {
			if (service.checkedInAt() == null || closed != (service.checkedOutAt() != null)) {
				continue;
			}
			int from = Math.max(minute(service.checkedInAt()), minute(service.startsAt()));
			int to = minute(service.endsAt());
			if (service.checkedOutAt() != null) {
				to = Math.min(to, minute(service.checkedOutAt()));
			}
			if (from < to) {
				minutes.set(from, to);
			}
		}
		return minutes;
	}

	private static int minute(Instant instant) {
		return (int) Duration.between(DAY, instant).toMinutes();
	}

	private static List<Service> history(Random random) {
		List<Service> services = new ArrayList<>();
		for (int i = random.nextInt(6); i >= 0; i--) {
			int start = 60 + random.nextInt(600);
			int end = start + 1 + random.nextInt(300);
			int in = start - 60 + random.nextInt(end - start + 120);
			Integer out = (random.nextInt(4) == 0) ? null : in + random.nextInt(300);
			services.add(service(start, end, (random.nextInt(10) == 0) ? null : in, out));
		}
		return services;
	}

	private static Service service(int start, int end, @Nullable Integer in, @Nullable Integer out) {
		return new Service(UUID.randomUUID(), "活动", at(start), at(end), (in != null) ? at(in) : null,
				(out != null) ? at(out) : null);
	}

	private static Instant at(int minute) {
		return DAY.plus(Duration.ofMinutes(minute));
	}

}
