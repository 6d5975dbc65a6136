package cn.qingfeng.volunteer.checkin;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import cn.qingfeng.platform.batch.NaturalBatcher;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Check-ins in the database. Those that arrive together share one statement and one
 * commit; each caller is answered after its own row is durable.
 */
@Component
class CheckInStore {

	private static final int LANES = 2;

	private static final int MOST = 128;

	/**
	 * In which both lanes insert, so that neither waits for a row of the other in turn.
	 */
	private static final Comparator<CheckIn> SAME_ORDER = Comparator.comparing(CheckIn::eventId)
		.thenComparing(CheckIn::memberId)
		.thenComparing(CheckIn::kind);

	private final DatabaseClient database;

	private final NaturalBatcher<CheckIn, CheckInResult> batcher;

	CheckInStore(DatabaseClient database, MeterRegistry meters) {
		this.database = database;
		this.batcher = new NaturalBatcher<>("check-in", LANES, MOST, this::insertAll, meters);
	}

	/** Records it once for each member, event and kind. */
	Mono<CheckInResult> record(CheckIn checkIn) {
		return this.batcher.submit(checkIn);
	}

	private Mono<List<CheckInResult>> insertAll(List<CheckIn> checkIns) {
		return insert(checkIns.stream().sorted(SAME_ORDER).toList()).flatMap(
				(inserted) -> (inserted.size() == checkIns.size()) ? Mono.just(results(checkIns, inserted, Map.of()))
						: existing(checkIns).map((existing) -> results(checkIns, inserted, existing)));
	}

	private Mono<Set<Key>> insert(List<CheckIn> checkIns) {
		return this.database.sql("""
				INSERT INTO check_in (member_id, id, event_id, kind, recorded_at, phone_at, offline)
				SELECT * FROM unnest(:members::uuid[], :ids::uuid[], :events::uuid[], :kinds::text[],
					:recorded::timestamptz[], :phones::timestamptz[], :offline::boolean[])
				ON CONFLICT DO NOTHING
				RETURNING member_id, id
				""")
			.bind("members", column(checkIns, CheckIn::memberId).toArray(UUID[]::new))
			.bind("ids", column(checkIns, CheckIn::id).toArray(UUID[]::new))
			.bind("events", column(checkIns, CheckIn::eventId).toArray(UUID[]::new))
			.bind("kinds", column(checkIns, (checkIn) -> checkIn.kind().name()).toArray(String[]::new))
			.bind("recorded", column(checkIns, CheckIn::recordedAt).toArray(Instant[]::new))
			.bind("phones", column(checkIns, CheckIn::phoneAt).toArray(Instant[]::new))
			.bind("offline", column(checkIns, CheckIn::offline).toArray(Boolean[]::new))
			.mapProperties(Key.class)
			.all()
			.collectList()
			.map(HashSet::new);
	}

	private Mono<Map<Presence, CheckIn>> existing(List<CheckIn> checkIns) {
		return this.database.sql("""
				SELECT member_id, id, event_id, kind, recorded_at, phone_at, offline FROM check_in
				WHERE event_id = ANY(:events) AND member_id = ANY(:members)
				""")
			.bind("events", column(checkIns, CheckIn::eventId).toArray(UUID[]::new))
			.bind("members", column(checkIns, CheckIn::memberId).toArray(UUID[]::new))
			.mapProperties(CheckIn.class)
			.all()
			.collectMap(Presence::of);
	}

	private static List<CheckInResult> results(List<CheckIn> checkIns, Set<Key> inserted,
			Map<Presence, CheckIn> existing) {
		Set<Key> fresh = new HashSet<>(inserted);
		return checkIns.stream().map((checkIn) -> result(checkIn, fresh, existing)).toList();
	}

	private static CheckInResult result(CheckIn checkIn, Set<Key> fresh, Map<Presence, CheckIn> existing) {
		CheckIn stored = existing.getOrDefault(Presence.of(checkIn), checkIn);
		if (fresh.remove(Key.of(checkIn)) && stored.id().equals(checkIn.id())) {
			return new CheckInResult.Recorded(stored);
		}
		return (stored.id().equals(checkIn.id()) && existing.containsKey(Presence.of(checkIn)))
				? new CheckInResult.Repeated(stored)
				: new CheckInResult.Refused(new CheckInProblem("already-checked-in"));
	}

	private static <T> List<T> column(List<CheckIn> checkIns, Function<CheckIn, T> value) {
		return checkIns.stream().map(value).collect(Collectors.toList());
	}

	record Key(UUID memberId, UUID id) {

		static Key of(CheckIn checkIn) {
			return new Key(checkIn.memberId(), checkIn.id());
		}

	}

	record Presence(UUID eventId, UUID memberId, CheckInKind kind) {

		static Presence of(CheckIn checkIn) {
			return new Presence(checkIn.eventId(), checkIn.memberId(), checkIn.kind());
		}

	}

}
