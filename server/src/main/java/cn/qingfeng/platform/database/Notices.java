package cn.qingfeng.platform.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.Detached;
import com.github.benmanes.caffeine.cache.Ticker;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What transactions of all nodes told by {@code NOTIFY}, heard on a connection of its
 * own. PostgreSQL delivers at the commit and in its order, so this node also notifies
 * itself: whoever hears that beat has heard everything before it, and knows that the line
 * works from end to end. A pooler that takes {@code LISTEN} away costs speed, not truth.
 *
 * @see <a href="https://www.postgresql.org/docs/18/sql-notify.html">NOTIFY</a>
 */
public final class Notices implements AutoCloseable {

	private static final String BEAT = "qingfeng_beat";

	private static final Duration BEAT_EVERY = Duration.ofMillis(200);

	/** How old the last beat may be. */
	private static final long COMPLETE_FOR = Duration.ofMillis(700).toNanos();

	private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);

	private static final Logger log = LoggerFactory.getLogger(Notices.class);

	private final List<Follower> followers = new ArrayList<>();

	private final Ticker ticker = Ticker.systemTicker();

	private final AtomicReference<@Nullable Line> current = new AtomicReference<>();

	private final PostgresqlConnectionFactory connections;

	Notices(PostgresqlConnectionFactory connections, BackgroundLoops loops) {
		this.connections = connections;
		loops.start("notices", BEAT_EVERY, this::beat);
	}

	/**
	 * Follows a channel; to be called while beans are made.
	 * @param channel a plain lower-case name
	 * @param listener called on the thread of the connection, so it must not block
	 */
	public synchronized void follow(String channel, Listener listener) {
		this.followers.add(new Follower(channel, listener));
	}

	/** Whether everything that was committed until 0.7 seconds ago has been heard. */
	public boolean areComplete() {
		Line line = this.current.get();
		return line != null && line.heardUpTo != 0 && this.ticker.read() - line.heardUpTo < COMPLETE_FOR;
	}

	private Mono<Boolean> beat() {
		Line line = this.current.get();
		return ((line != null) ? Mono.just(line) : open()).flatMap(this::beat).thenReturn(false);
	}

	private Mono<Void> beat(Line line) {
		String token = line.nextBeat(this.ticker.read());
		return execute(line.connection, "SELECT pg_notify('%s', '%s')".formatted(BEAT, token)).timeout(ANSWER_LIMIT)
			.doOnError((error) -> close(line));
	}

	private Mono<Line> open() {
		return this.connections.create()
			.timeout(ANSWER_LIMIT)
			.map(Line::new)
			.flatMap((line) -> listen(line).timeout(ANSWER_LIMIT).doOnError((error) -> close(line)).thenReturn(line));
	}

	/** What was told before this line is unknown to it. */
	private Mono<Void> listen(Line line) {
		Detached.start(line.connection.getNotifications().doOnNext((notification) -> hear(line, notification)).then())
			.whenComplete((done, error) -> close(line));
		return Flux.fromIterable(channels())
			.concatMap((channel) -> execute(line.connection, "LISTEN " + channel))
			// A beat need not reach the disk.
			.then(execute(line.connection, "SET synchronous_commit = off"))
			.doOnSuccess((done) -> {
				followers().forEach((follower) -> follower.listener.missed());
				this.current.set(line);
			});
	}

	private void hear(Line line, Notification notification) {
		if (notification.getName().equals(BEAT)) {
			line.hear(Objects.requireNonNullElse(notification.getParameter(), ""));
			return;
		}
		followers().stream()
			.filter((follower) -> follower.channel.equals(notification.getName()))
			.forEach(
					(follower) -> follower.listener.heard(Objects.requireNonNullElse(notification.getParameter(), "")));
	}

	@Override
	public void close() {
		Line line = this.current.getAndSet(null);
		if (line != null) {
			hangUp(line);
		}
	}

	private void close(Line line) {
		if (this.current.compareAndSet(line, null)) {
			log.warn("notices of the database are not heard for a while");
		}
		hangUp(line);
	}

	private static void hangUp(Line line) {
		Detached.start(line.connection.close())
			.whenComplete((done, error) -> log.debug("connection of notices closed", error));
	}

	private List<String> channels() {
		List<String> channels = new ArrayList<>(List.of(BEAT));
		followers().forEach((follower) -> channels.add(follower.channel));
		return channels;
	}

	private synchronized List<Follower> followers() {
		return List.copyOf(this.followers);
	}

	private static Mono<Void> execute(PostgresqlConnection connection, String sql) {
		return connection.createStatement(sql).execute().concatMap((result) -> result.getRowsUpdated()).then();
	}

	/**
	 * Who follows a channel.
	 */
	public interface Listener {

		/**
		 * A transaction that told this was committed.
		 * @param payload as it was given to NOTIFY
		 */
		void heard(String payload);

		/** Anything may have been told meanwhile. */
		void missed();

	}

	private record Follower(String channel, Listener listener) {

	}

	/** A connection that listens. */
	private static final class Line {

		private final PostgresqlConnection connection;

		private volatile @Nullable Beat beat;

		/** Of the ticker; 0 before the first beat. */
		private volatile long heardUpTo;

		Line(PostgresqlConnection connection) {
			this.connection = connection;
		}

		String nextBeat(long now) {
			Beat next = new Beat(UUID.randomUUID().toString(), now);
			this.beat = next;
			return next.token();
		}

		void hear(String token) {
			Beat last = this.beat;
			if (last != null && last.token().equals(token)) {
				this.heardUpTo = last.at();
			}
		}

	}

	/**
	 * What a line tells itself.
	 *
	 * @param token nobody else tells
	 * @param at when it was told, by the ticker
	 */
	private record Beat(String token, long at) {

	}

}
