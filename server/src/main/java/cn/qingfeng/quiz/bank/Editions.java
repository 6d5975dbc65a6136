package cn.qingfeng.quiz.bank;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.database.Columns;
import cn.qingfeng.platform.id.IdGenerator;
import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Editions of documents in the database. Of each title at most one is current.
 */
@Repository
class Editions {

	private static final String SELECT = """
			SELECT d.id, d.title, d.edition, d.valid_from, d.superseded_by,
			       (SELECT count(*) FROM questions q WHERE q.edition_id = d.id AND q.withdrawn_at IS NULL) AS resting
			FROM source_documents d
			""";

	private final DatabaseClient database;

	private final IdGenerator ids;

	private final Clock clock;

	Editions(DatabaseClient database, IdGenerator ids, Clock clock) {
		this.database = database;
		this.ids = ids;
		this.clock = clock;
	}

	/** By title, those after the given one. */
	Mono<List<Edition>> page(@Nullable Boolean superseded, String title, UUID after, int rows) {
		return this.database.sql(SELECT + """
				WHERE (d.title, d.id) > (:title, :after)
				  AND (:superseded::boolean IS NULL OR (d.superseded_by IS NOT NULL) = :superseded)
				ORDER BY d.title, d.id
				LIMIT :rows
				""")
			.bind("title", title)
			.bind("after", after)
			.bind("superseded", Parameters.in(PostgresqlObjectId.BOOL, superseded))
			.bind("rows", rows)
			.map(Editions::edition)
			.all()
			.collectList();
	}

	Mono<Edition> find(UUID id) {
		return this.database.sql(SELECT + "WHERE d.id = :id").bind("id", id).map(Editions::edition).one();
	}

	/** Holds the row until the transaction ends. */
	Mono<Edition> lock(UUID id) {
		return this.database.sql(SELECT + "WHERE d.id = :id FOR NO KEY UPDATE OF d")
			.bind("id", id)
			.map(Editions::edition)
			.one();
	}

	/** False when a document of the title is current. */
	Mono<Boolean> add(Edition edition) {
		return this.database.sql("""
				INSERT INTO source_documents (id, title, edition, valid_from, created_at)
				VALUES (:id, :title, :edition, :validFrom, :now)
				ON CONFLICT DO NOTHING
				""")
			.bind("id", edition.id())
			.bind("title", edition.title())
			.bind("edition", edition.edition())
			.bind("validFrom", Parameters.in(PostgresqlObjectId.DATE, edition.validFrom()))
			.bind("now", this.clock.instant())
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == 1);
	}

	/** Before the new one is added, for two of one title may not be current. */
	Mono<Void> supersede(UUID old, UUID successor) {
		return this.database.sql("UPDATE source_documents SET superseded_by = :successor WHERE id = :old")
			.bind("old", old)
			.bind("successor", successor)
			.then();
	}

	/** Registers those titles that no edition has yet. */
	Mono<Void> register(Collection<String> titles, String edition) {
		return this.database.sql("""
				INSERT INTO source_documents (id, title, edition, created_at)
				SELECT n.id, n.title, :edition, :now
				FROM unnest(:ids, :titles) AS n (id, title)
				WHERE NOT EXISTS (SELECT 1 FROM source_documents d WHERE d.title = n.title)
				ON CONFLICT DO NOTHING
				""")
			.bind("ids", titles.stream().map((title) -> this.ids.next()).toArray(UUID[]::new))
			.bind("titles", titles.toArray(String[]::new))
			.bind("edition", edition)
			.bind("now", this.clock.instant())
			.then();
	}

	private static Edition edition(Readable row) {
		return new Edition(Columns.get(row, "id", UUID.class), Columns.get(row, "title", String.class),
				Columns.get(row, "edition", String.class), row.get("valid_from", LocalDate.class),
				row.get("superseded_by", UUID.class), Columns.get(row, "resting", Integer.class));
	}

}
