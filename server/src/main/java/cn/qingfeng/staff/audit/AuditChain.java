package cn.qingfeng.staff.audit;

import java.util.HexFormat;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Recomputes the chain of hashes, piece by piece, so that no statement takes long however
 * long the chain is.
 */
@Repository
class AuditChain {

	private static final int PIECE = 5_000;

	private final DatabaseClient database;

	AuditChain(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Looks at everything that was there at the start.
	 * @return what was found
	 */
	Mono<State> check() {
		return state().flatMap((state) -> brokenLink(0).switchIfEmpty(Mono.defer(() -> unchained(0, state.lastEntry())))
			.map(state::brokenAt)
			.defaultIfEmpty(state));
	}

	private Mono<State> state() {
		return this.database.sql("""
				SELECT coalesce((SELECT max(position) FROM audit_seal), 0) AS entries,
					(SELECT count(*) FROM audit_unsealed WHERE entry_id > :none) AS waiting,
					(SELECT hash FROM audit_seal ORDER BY position DESC LIMIT 1) AS last_hash,
					coalesce((SELECT max(id) FROM audit_entry), 0) AS last_entry
				""").bind("none", 0L).mapProperties(StateRow.class).one().map(StateRow::toState);
	}

	private Mono<Break> brokenLink(long after) {
		return piece(after).flatMap((piece) -> (piece.kind() != null) ? Mono.just(piece.toBreak())
				: (piece.last() > after) ? brokenLink(piece.last()) : Mono.empty());
	}

	/** The first broken link among the next, or else the last of them. */
	private Mono<Piece> piece(long after) {
		return this.database
			.sql("""
					WITH link AS (
						SELECT s.position, s.entry_id, CASE
							WHEN s.position > 1 AND p.position IS NULL THEN 'LINK_MISSING'
							WHEN e.id IS NULL THEN 'ENTRY_MISSING'
							WHEN s.hash <> audit_hash(coalesce(p.hash, '\\x'::bytea), e) THEN 'ENTRY_CHANGED'
							END AS kind
						FROM (SELECT * FROM audit_seal WHERE position > :after ORDER BY position LIMIT :piece) s
						LEFT JOIN audit_seal p ON p.position = s.position - 1
						LEFT JOIN audit_entry e ON e.id = s.entry_id)
					SELECT coalesce((SELECT max(position) FROM link), 0) AS last, broken.position, broken.entry_id, broken.kind
					FROM (VALUES (1)) one LEFT JOIN LATERAL (
						SELECT * FROM link WHERE kind IS NOT NULL ORDER BY position LIMIT 1) broken ON true
					""")
			.bind("after", after)
			.bind("piece", PIECE)
			.mapProperties(Piece.class)
			.one();
	}

	/**
	 * Entries that are neither chained nor waiting for it, and waiting ones that are
	 * gone.
	 */
	private Mono<Break> unchained(long after, long upTo) {
		return this.database.sql("""
				SELECT max(e.id) AS last, min(e.id) FILTER (WHERE s.entry_id IS NULL AND u.entry_id IS NULL) AS loose,
					(SELECT min(w.entry_id) FROM audit_unsealed w
						WHERE NOT EXISTS (SELECT 1 FROM audit_entry x WHERE x.id = w.entry_id)) AS gone
				FROM (SELECT id FROM audit_entry WHERE id > :after AND id <= :upTo ORDER BY id LIMIT :piece) e
				LEFT JOIN audit_seal s ON s.entry_id = e.id LEFT JOIN audit_unsealed u ON u.entry_id = e.id
				""")
			.bind("after", after)
			.bind("upTo", upTo)
			.bind("piece", PIECE)
			.mapProperties(Loose.class)
			.one()
			.flatMap((loose) -> next(loose, upTo));
	}

	private Mono<Break> next(Loose found, long upTo) {
		if (found.gone() != null) {
			return Mono.just(new Break(null, found.gone(), BreakKind.ENTRY_MISSING));
		}
		if (found.loose() != null) {
			return Mono.just(new Break(null, found.loose(), BreakKind.NOT_CHAINED));
		}
		return (found.last() != null) ? unchained(found.last(), upTo) : Mono.empty();
	}

	/**
	 * What is wrong at a place of the chain.
	 */
	enum BreakKind {

		/** The entry is not the one that was chained. */
		ENTRY_CHANGED,

		/** The entry is gone. */
		ENTRY_MISSING,

		/** The link before is gone. */
		LINK_MISSING,

		/** The entry came in beside the chain. */
		NOT_CHAINED

	}

	/**
	 * The first place where the chain does not hold.
	 *
	 * @param position in the chain, null when outside of it
	 * @param entryId of the entry
	 * @param kind what is wrong
	 */
	record Break(@Nullable Long position, long entryId, BreakKind kind) {

	}

	/**
	 * The chain as it was found.
	 *
	 * @param entries links of the chain
	 * @param waiting entries not chained yet
	 * @param lastHash of the last link in hexadecimal, null when there is none
	 * @param lastEntry the newest entry
	 * @param broken null when it holds
	 */
	record State(long entries, long waiting, @Nullable String lastHash, long lastEntry, @Nullable Break broken) {

		State brokenAt(Break place) {
			return new State(this.entries, this.waiting, this.lastHash, this.lastEntry, place);
		}

	}

	private record StateRow(long entries, long waiting, byte @Nullable [] lastHash, long lastEntry) {

		State toState() {
			String hash = (this.lastHash != null) ? HexFormat.of().formatHex(this.lastHash) : null;
			return new State(this.entries, this.waiting, hash, this.lastEntry, null);
		}

	}

	private record Piece(long last, @Nullable Long position, @Nullable Long entryId, @Nullable String kind) {

		Break toBreak() {
			long entry = (this.entryId != null) ? this.entryId : 0;
			return new Break(this.position, entry, BreakKind.valueOf(String.valueOf(this.kind)));
		}

	}

	private record Loose(@Nullable Long last, @Nullable Long loose, @Nullable Long gone) {

	}

}
