package cn.qingfeng.volunteer.event;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.seed.SeedFolder;
import cn.qingfeng.platform.seed.SeedLoader;
import cn.qingfeng.platform.time.BusinessTime;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The events of the starting content, at times that count from the day they are loaded.
 */
@Component
@Order(330)
class EventSeeds implements SeedLoader {

	private static final int STEP_MINUTES = 5;

	private final EventStore events;

	private final IdGenerator ids;

	private final Clock clock;

	EventSeeds(EventStore events, IdGenerator ids, Clock clock) {
		this.events = events;
		this.ids = ids;
		this.clock = clock;
	}

	@Override
	public String name() {
		return "events";
	}

	@Override
	public Set<String> folders() {
		return Set.of("events", "organisation");
	}

	@Override
	public Mono<Void> load(SeedFolder seeds) {
		Map<String, String> units = seeds.yaml("organisation/units.yaml", Units.class)
			.units()
			.stream()
			.collect(Collectors.toMap(Unit::key, Unit::name));
		return Flux.fromIterable(seeds.yaml("events/events.yaml", File.class).events())
			.concatMap((seed) -> this.events.insert(event(seed, units), PresenceSecret.random(), seed.key(),
					this.clock.instant()))
			.then();
	}

	private Event event(SeedEvent seed, Map<String, String> units) {
		Instant start = seed.starts().after(this.clock.instant().atZone(BusinessTime.ZONE)).toInstant();
		return new Event(this.ids.next(), seed.title(), seed.description().strip(), seed.place(), seed.latitude(),
				seed.longitude(), units.getOrDefault(seed.organiser(), seed.organiser()), seed.capacity(), start,
				start.plus(seed.duration()), false, 0);
	}

	record File(List<SeedEvent> events) {

	}

	record SeedEvent(String key, String kind, String title, String description, String place, double latitude,
			double longitude, int capacity, String organiser, Start starts, Duration duration) {

	}

	/**
	 * When an event starts, in one of three ways.
	 */
	record Start(@Nullable Integer minutesAfterLoad, @Nullable Integer daysAfterLoad, @Nullable DayOfWeek weekday,
			@Nullable Integer weeksAfterLoad, @Nullable LocalTime at) {

		ZonedDateTime after(ZonedDateTime load) {
			if (this.minutesAfterLoad != null) {
				ZonedDateTime start = load.plusMinutes(this.minutesAfterLoad).truncatedTo(ChronoUnit.MINUTES);
				return start.minusMinutes(start.getMinute() % STEP_MINUTES);
			}
			LocalTime time = (this.at != null) ? this.at : LocalTime.of(9, 0);
			if (this.weekday != null) {
				int weeks = (this.weeksAfterLoad != null) ? this.weeksAfterLoad - 1 : 0;
				return load.with(TemporalAdjusters.next(this.weekday)).plusWeeks(weeks).with(time);
			}
			int days = (this.daysAfterLoad != null) ? this.daysAfterLoad : 0;
			return load.plusDays(days).with(time);
		}

	}

	record Units(List<Unit> units) {

	}

	record Unit(String key, String name) {

	}

}
