package cn.qingfeng.quiz.round;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import cn.qingfeng.platform.database.Columns;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.RoundState;
import cn.qingfeng.quiz.RoundSummary;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Lists of rounds.
 */
@Repository
public class RoundCatalogue {

	private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

	private static final UUID LAST = new UUID(-1, -1);

	private final DatabaseClient database;

	private final Clock clock;

	RoundCatalogue(DatabaseClient database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	/** Those that exist, in no order. */
	public Mono<List<RoundSummary>> find(Collection<RoundId> ids) {
		return this.database.sql("""
				SELECT id, title, state, opens_at, closes_at
				FROM quiz_rounds
				WHERE id = ANY(:ids)
				""")
			.bind("ids", ids.stream().map(RoundId::value).toArray(UUID[]::new))
			.map(RoundCatalogue::summary)
			.all()
			.collectList();
	}

	/**
	 * The first made of the rounds that open between the two; empty when there is none.
	 */
	public Mono<RoundSummary> firstOpening(Instant from, Instant before) {
		return this.database.sql("""
				SELECT id, title, state, opens_at, closes_at
				FROM quiz_rounds
				WHERE opens_at >= :from AND opens_at < :before
				ORDER BY created_at, id
				LIMIT 1
				""").bind("from", from).bind("before", before).map(RoundCatalogue::summary).one();
	}

	/**
	 * Published rounds, newest first.
	 * @param phase only those in it, null for all
	 * @param limit items on a page
	 * @param cursor of the page before
	 * @return a page
	 */
	public Mono<Page<RoundSummary>> published(@Nullable RoundPhase phase, int limit, @Nullable String cursor) {
		Optional<Cursor> after = Cursor.decode(cursor, Instant.class, UUID.class);
		return this.database.sql("""
				SELECT id, title, state, opens_at, closes_at
				FROM quiz_rounds
				WHERE state = 'PUBLISHED' AND (opens_at, id) < (:opensAt, :id)
				  AND (:phase = '' OR :phase = CASE WHEN :now < opens_at THEN 'UPCOMING'
				                                             WHEN :now < closes_at THEN 'OPEN'
				                                             ELSE 'CLOSED' END)
				ORDER BY opens_at DESC, id DESC
				LIMIT :rows
				""")
			.bind("phase", (phase != null) ? phase.name() : "")
			.bind("now", this.clock.instant())
			.bind("opensAt", after.map((keys) -> keys.get(0, Instant.class)).orElse(END_OF_TIME))
			.bind("id", after.map((keys) -> keys.get(1, UUID.class)).orElse(LAST))
			.bind("rows", limit + 1)
			.map(RoundCatalogue::summary)
			.all()
			.collectList()
			.map((rows) -> Page.of(rows, limit, RoundCatalogue::cursor));
	}

	/** Rounds in every state, newest first. */
	Mono<Page<RoundSummary>> all(int limit, @Nullable String cursor) {
		Optional<Cursor> after = Cursor.decode(cursor, Instant.class, UUID.class);
		return this.database.sql("""
				SELECT id, title, state, opens_at, closes_at
				FROM quiz_rounds
				WHERE (opens_at, id) < (:opensAt, :id)
				ORDER BY opens_at DESC, id DESC
				LIMIT :rows
				""")
			.bind("opensAt", after.map((keys) -> keys.get(0, Instant.class)).orElse(END_OF_TIME))
			.bind("id", after.map((keys) -> keys.get(1, UUID.class)).orElse(LAST))
			.bind("rows", limit + 1)
			.map(RoundCatalogue::summary)
			.all()
			.collectList()
			.map((rows) -> Page.of(rows, limit, RoundCatalogue::cursor));
	}

	private static String cursor(RoundSummary last) {
		return Cursor.encode(last.opensAt(), last.id().value());
	}

	private static RoundSummary summary(Readable row) {
		return new RoundSummary(new RoundId(Columns.get(row, "id", UUID.class)),
				Columns.get(row, "title", String.class), RoundState.valueOf(Columns.get(row, "state", String.class)),
				Columns.get(row, "opens_at", Instant.class), Columns.get(row, "closes_at", Instant.class));
	}

}
