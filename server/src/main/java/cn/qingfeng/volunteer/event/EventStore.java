package cn.qingfeng.volunteer.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.problem.StaleVersionProblem;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The events in the database.
 */
@Component
public class EventStore {

	private static final String COLUMNS = """
			SELECT e.id, e.title, e.description, e.place, e.latitude, e.longitude, e.organiser, e.capacity, e.starts_at,
				e.ends_at, e.cancelled, e.version
			FROM event e
			""";

	private final DatabaseClient database;

	EventStore(DatabaseClient database) {
		this.database = database;
	}

	/** Inserts an event unless its seed key is there already. */
	Mono<Long> insert(Event event, byte[] presenceSecret, @Nullable String seedKey, Instant now) {
		return bind(this.database.sql("""
				INSERT INTO event (id, seed_key, title, description, place, latitude, longitude, organiser, capacity,
					starts_at, ends_at, cancelled, presence_secret, created_at, version)
				VALUES (:id, :seedKey, :title, :description, :place, :latitude, :longitude, :organiser, :capacity,
					:startsAt, :endsAt, :cancelled, :secret, :now, 0)
				ON CONFLICT ON CONSTRAINT event_seed DO NOTHING
				"""), event).bind("seedKey", Parameters.in(R2dbcType.VARCHAR, seedKey))
			.bind("secret", presenceSecret)
			.bind("now", now)
			.fetch()
			.rowsUpdated();
	}

	public Mono<Event> find(UUID id) {
		return this.database.sql(COLUMNS + "WHERE e.id = :id").bind("id", id).mapProperties(Event.class).one();
	}

	/** The event, locked until the transaction ends: its places are given one by one. */
	Mono<Event> lock(UUID id) {
		return this.database.sql(COLUMNS + "WHERE e.id = :id FOR UPDATE")
			.bind("id", id)
			.mapProperties(Event.class)
			.one();
	}

	/** Stores a change; 412 when somebody else changed it meanwhile. */
	Mono<Event> update(Event event) {
		return bind(this.database.sql("""
				UPDATE event
				SET title = :title, description = :description, place = :place, latitude = :latitude,
					longitude = :longitude, organiser = :organiser, capacity = :capacity, starts_at = :startsAt,
					ends_at = :endsAt, cancelled = :cancelled, version = version + 1
				WHERE id = :id AND version = :version
				"""), event).bind("version", event.version())
			.fetch()
			.rowsUpdated()
			.filter((rows) -> rows == 1)
			.switchIfEmpty(Mono.error(() -> new StaleVersionProblem()))
			.then(find(event.id()));
	}

	/**
	 * Events by start, the next first; past ones and unfiltered lists the latest first.
	 * One more than the limit when there are more.
	 */
	Mono<List<Event>> list(@Nullable EventState state, Instant now, @Nullable Cursor after, int limit) {
		boolean ascending = state == EventState.UPCOMING || state == EventState.ONGOING;
		String where = "WHERE " + condition(state)
				+ ((after != null) ? " AND (e.starts_at, e.id) " + (ascending ? ">" : "<") + " (:startsAt, :id)" : "");
		String order = ascending ? " ORDER BY e.starts_at, e.id" : " ORDER BY e.starts_at DESC, e.id DESC";
		DatabaseClient.GenericExecuteSpec select = this.database.sql(COLUMNS + where + order + " LIMIT :limit")
			.bind("limit", limit);
		select = (state != null && state != EventState.CANCELLED) ? select.bind("now", now) : select;
		if (after != null) {
			select = select.bind("startsAt", after.get(0, Instant.class)).bind("id", after.get(1, UUID.class));
		}
		return select.mapProperties(Event.class).all().collectList();
	}

	/** The secret behind the presence codes of an event. */
	public Mono<byte[]> presenceSecret(UUID id) {
		return this.database.sql("SELECT presence_secret FROM event WHERE id = :id")
			.bind("id", id)
			.mapValue(byte[].class)
			.one();
	}

	private static Object coordinate(@Nullable Double value) {
		return (value != null) ? value : Parameters.in(Double.class);
	}

	private static String condition(@Nullable EventState state) {
		if (state == null) {
			return "true";
		}
		return switch (state) {
			case UPCOMING -> "NOT e.cancelled AND e.starts_at > :now";
			case ONGOING -> "NOT e.cancelled AND e.starts_at <= :now AND e.ends_at > :now";
			case PAST -> "NOT e.cancelled AND e.ends_at <= :now";
			case CANCELLED -> "e.cancelled";
		};
	}

	private static DatabaseClient.GenericExecuteSpec bind(DatabaseClient.GenericExecuteSpec statement, Event event) {
		return statement.bind("id", event.id())
			.bind("title", event.title())
			.bind("description", event.description())
			.bind("place", event.place())
			.bind("latitude", coordinate(event.latitude()))
			.bind("longitude", coordinate(event.longitude()))
			.bind("organiser", event.organiser())
			.bind("capacity", event.capacity())
			.bind("startsAt", event.startsAt())
			.bind("endsAt", event.endsAt())
			.bind("cancelled", event.cancelled());
	}

}
