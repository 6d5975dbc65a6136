package cn.qingfeng.staff;

import java.time.Clock;
import java.util.UUID;

import cn.qingfeng.platform.security.Caller;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.web.TraceId;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;

/**
 * Writes down who did what, in the transaction in which it was done: both happen or
 * neither. Entries can be added and read, never changed or deleted (grants and triggers
 * refuse it), and a moment later each is chained to the one before by its hash.
 */
@Service
public class Audit {

	/** Who acted when nobody was logged in. */
	public static final String SYSTEM = "system";

	private final DatabaseClient database;

	private final Clock clock;

	Audit(DatabaseClient database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	/**
	 * Writes that the current staff (or the system itself) did something.
	 * @param action {@code <thing>.<what>}, such as {@code article.publish}
	 * @param subject id of the thing, no personal data
	 * @return completes when written
	 */
	public Mono<Void> record(String action, @Nullable String subject) {
		return record(action, subject, null);
	}

	/**
	 * Writes that the current staff (or the system itself) did something.
	 * @param action {@code <thing>.<what>}, such as {@code member.view}
	 * @param subject id of the thing, no personal data
	 * @param detail what else must be known, such as the purpose of a view
	 * @return completes when written
	 */
	public Mono<Void> record(String action, @Nullable String subject, @Nullable String detail) {
		return actor().flatMap((actor) -> insert(new Entry(actor, action, subject, detail, "SUCCESS")));
	}

	/**
	 * Writes that something was refused to the current staff or to a stranger. The
	 * caller's transaction will be rolled back, so call it outside of one.
	 * @param action what was asked for
	 * @param subject id of the thing, no personal data
	 * @return completes when written
	 */
	public Mono<Void> refused(String action, @Nullable String subject) {
		return actor().flatMap((actor) -> insert(new Entry(actor, action, subject, null, "REFUSED")));
	}

	/**
	 * Writes that somebody who is not logged in as staff did something, such as a member.
	 * @param actor a user name, or a kind and an id such as {@code member 0198…}
	 * @param actorId whose
	 * @param action what was done
	 * @param subject id of the thing, no personal data
	 * @return completes when written
	 */
	public Mono<Void> recordAs(String actor, @Nullable UUID actorId, String action, @Nullable String subject) {
		return insert(new Entry(new Actor(actor, actorId), action, subject, null, "SUCCESS"));
	}

	private static Mono<Actor> actor() {
		return Caller.user()
			.ofType(CurrentStaff.class)
			.map((staff) -> new Actor(staff.username(), staff.staffId()))
			.defaultIfEmpty(new Actor(SYSTEM, null));
	}

	private Mono<Void> insert(Entry entry) {
		return Origin.current().flatMap((origin) -> insert(entry, origin));
	}

	private Mono<Void> insert(Entry entry, Origin origin) {
		return this.database.sql("""
				INSERT INTO audit_entry (at, actor, actor_id, action, subject, detail, result, origin, trace)
				VALUES (:at, :actor, :actorId, :action, :subject, :detail, :result, :origin, :trace)
				""")
			.bind("at", this.clock.instant())
			.bind("actor", entry.actor().name())
			.bind("actorId", optional(entry.actor().id(), UUID.class))
			.bind("action", entry.action())
			.bind("subject", optional(entry.subject(), String.class))
			.bind("detail", optional(entry.detail(), String.class))
			.bind("result", entry.result())
			.bind("origin", optional(origin.address().value(), String.class))
			.bind("trace", optional(origin.trace(), String.class))
			.then();
	}

	private static Parameter optional(@Nullable Object value, Class<?> type) {
		return (value != null) ? Parameters.in(value) : Parameters.in(type);
	}

	private record Actor(String name, @Nullable UUID id) {

	}

	/** Where a request comes from, and under which id the log has it. */
	private record Origin(ClientAddress address, @Nullable String trace) {

		static Mono<Origin> current() {
			return Mono.deferContextual((context) -> Mono.just(ServerWebExchangeContextFilter.getExchange(context)
				.map((exchange) -> new Origin(ClientAddress.of(exchange), TraceId.of(exchange)))
				.orElseGet(() -> new Origin(ClientAddress.NONE, null))));
		}

	}

	private record Entry(Actor actor, String action, @Nullable String subject, @Nullable String detail, String result) {

	}

}
