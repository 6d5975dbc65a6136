package cn.qingfeng.member.roster;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import cn.qingfeng.member.privacy.IdNumber;
import cn.qingfeng.member.privacy.PersonalData;
import cn.qingfeng.member.privacy.Phone;
import cn.qingfeng.member.privacy.SealedText;
import cn.qingfeng.member.roster.RosterComparison.Change;
import cn.qingfeng.platform.database.Columns;
import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Imports between preview and commit. What is read and staged takes one statement,
 * whatever the number of rows; what is committed takes one for each piece of them.
 * <p>
 * How far a commit is, others must see before it ends, although they see none of its
 * rows: it holds an advisory lock for each number of rows that it passed. They end with
 * the transaction, however that ends.
 */
@Repository
class RosterImportRepository {

	private static final Duration PREVIEW_KEPT = Duration.ofDays(1);

	private static final int PIECE = 500;

	private final DatabaseClient database;

	private final PersonalData personalData;

	private final IdGenerator ids;

	RosterImportRepository(DatabaseClient database, PersonalData personalData, IdGenerator ids) {
		this.database = database;
		this.personalData = personalData;
		this.ids = ids;
	}

	/** Everybody whom one of the lines may mean. */
	Mono<List<KnownPerson>> findKnown(List<IndexedLine> lines) {
		return this.database
			.sql("""
					WITH hit AS (
						SELECT id FROM member WHERE number = ANY (:numbers)
						UNION SELECT m.id FROM unnest(:phones) AS p (index) JOIN member m ON m.phone_index = decode(p.index, 'hex')
						UNION SELECT m.id FROM unnest(:ids) AS i (index) JOIN member m ON m.id_index = decode(i.index, 'hex')
					)
					SELECT m.id, m.number, m.name, m.unit_id, m.position, m.joined_on, m.status,
						encode(m.phone_index, 'hex') AS phone_index, encode(m.id_index, 'hex') AS id_index
					FROM hit JOIN member m ON m.id = hit.id
					""")
			.bind("numbers", given(lines, (line) -> line.line().number()))
			.bind("phones", given(lines, IndexedLine::phoneIndex))
			.bind("ids", given(lines, IndexedLine::idIndex))
			.mapProperties(KnownPerson.class)
			.all()
			.collectList();
	}

	Mono<Void> insert(RosterImport preview, UUID staffId, List<Change> changes, List<RosterError> errors) {
		return deleteOld(preview.createdAt()).then(Mono.defer(() -> insert(preview, staffId)))
			.then(Mono.defer(() -> insertRows(preview.id(), changes)))
			.then(Mono.defer(() -> insertErrors(preview.id(), errors)));
	}

	/** Somebody's own import. */
	Mono<RosterImport> find(UUID id, UUID staffId) {
		return this.database
			.sql("""
					SELECT id, file_name, state, headers, fields, rows_read, rows_to_write, added, changed, unchanged, faulty,
						created_at, (
							SELECT max(objid::bigint)::int FROM pg_locks
							WHERE locktype = 'advisory' AND objsubid = 2 AND classid::bigint = :progress
								AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
						) AS progress
					FROM member_import WHERE id = :id AND staff_id = :staffId
					""")
			.bind("id", id)
			.bind("staffId", staffId)
			.bind("progress", (long) progressLock(id))
			.map(RosterImportRepository::read)
			.one();
	}

	/** Tells everybody how many rows the transaction has written. */
	Mono<Void> noteProgress(UUID id, int rows) {
		return this.database.sql("SELECT pg_advisory_xact_lock(:progress, :rows)")
			.bind("progress", progressLock(id))
			.bind("rows", rows)
			.then();
	}

	/** Those who change before those who are new: they may give up a phone number. */
	Mono<List<Piece>> pieces(UUID id) {
		return this.database.sql("""
				SELECT is_new, min(row_number) AS first_row, max(row_number) AS last_row,
					sum(count(*)) OVER (ORDER BY is_new, piece)::int AS done
				FROM (
					SELECT is_new, row_number,
						(row_number() OVER (PARTITION BY is_new ORDER BY row_number) - 1) / :size AS piece
					FROM member_import_row WHERE import_id = :id
				) r
				GROUP BY is_new, piece ORDER BY is_new, piece
				""").bind("id", id).bind("size", PIECE).mapProperties(Piece.class).all().collectList();
	}

	/** Imports are committed one after the other. */
	Mono<RosterImport> lock(UUID id, UUID staffId) {
		return this.database.sql("SELECT pg_advisory_xact_lock(20261125, 3)").then().then(find(id, staffId));
	}

	Mono<Page<RosterError>> findErrors(UUID id, int limit, Optional<Cursor> cursor) {
		return this.database.sql("""
				SELECT row_number, ordinal, header, message FROM member_import_error
				WHERE import_id = :id AND (row_number, ordinal) > (:row, :ordinal)
				ORDER BY row_number, ordinal LIMIT :limit
				""")
			.bind("id", id)
			.bind("row", cursor.map((last) -> last.get(0, Integer.class)).orElse(0))
			.bind("ordinal", cursor.map((last) -> last.get(1, Integer.class)).orElse(0))
			.bind("limit", limit + 1)
			.mapProperties(ErrorRow.class)
			.all()
			.collectList()
			.map((rows) -> Page.of(rows, limit, ErrorRow::cursor).map(ErrorRow::toError));
	}

	/** Whether all that was staged can be opened with these keys. */
	Mono<Boolean> isReadable(UUID id, String[] keyIds) {
		return this.database.sql("""
				SELECT NOT EXISTS (
					SELECT FROM member_import_row
					WHERE import_id = :id AND (phone_key <> ALL (:keys) OR id_key <> ALL (:keys))
				)
				""").bind("id", id).bind("keys", keyIds).mapValue(Boolean.class).one();
	}

	/** How many were added: who came into the roster since the preview is left out. */
	Mono<Long> addNew(UUID id, Piece piece, Instant now) {
		return this.database
			.sql("""
					INSERT INTO member (id, number, name, unit_id, position, joined_on, status, phone_cipher, phone_key,
						phone_index, phone_masked, id_cipher, id_key, id_index, id_masked, created_at, updated_at)
					SELECT r.member_id, coalesce(r.number, 'QF' || lpad(nextval('member_number_seq')::text, 6, '0')), r.name,
						r.unit_id, r.position, r.joined_on, 'ACTIVE', r.phone_cipher, r.phone_key, r.phone_index,
						r.phone_masked, r.id_cipher, r.id_key, r.id_index, r.id_masked, :now, :now
					FROM member_import_row r
					WHERE r.import_id = :id AND r.is_new AND r.row_number BETWEEN :first AND :last AND NOT EXISTS (
						SELECT 1 FROM member m WHERE m.phone_index = r.phone_index AND m.status = 'ACTIVE')
					ON CONFLICT DO NOTHING
					""")
			.bind("id", id)
			.bind("first", piece.firstRow())
			.bind("last", piece.lastRow())
			.bind("now", now)
			.fetch()
			.rowsUpdated();
	}

	Mono<Void> noteUnitChanges(UUID id, UUID staffId, Instant now) {
		return this.database.sql("""
				INSERT INTO member_unit_change (member_id, from_unit_id, to_unit_id, staff_id, changed_at)
				SELECT m.id, m.unit_id, r.unit_id, :staffId, :now
				FROM member_import_row r JOIN member m ON m.id = r.member_id AND m.unit_id <> r.unit_id
				WHERE r.import_id = :id AND NOT r.is_new AND m.status = 'ACTIVE'
				""").bind("id", id).bind("staffId", staffId).bind("now", now).then();
	}

	Mono<Long> change(UUID id, Piece piece, Instant now) {
		return this.database
			.sql("""
					UPDATE member m SET name = r.name, unit_id = r.unit_id, position = coalesce(r.position, m.position),
						joined_on = coalesce(r.joined_on, m.joined_on), phone_cipher = r.phone_cipher, phone_key = r.phone_key,
						phone_index = r.phone_index, phone_masked = r.phone_masked,
						id_cipher = coalesce(r.id_cipher, m.id_cipher), id_key = coalesce(r.id_key, m.id_key),
						id_index = coalesce(r.id_index, m.id_index), id_masked = coalesce(r.id_masked, m.id_masked),
						updated_at = :now
					FROM member_import_row r
					WHERE r.import_id = :id AND NOT r.is_new AND r.row_number BETWEEN :first AND :last
						AND m.id = r.member_id AND m.status = 'ACTIVE'
					""")
			.bind("id", id)
			.bind("first", piece.firstRow())
			.bind("last", piece.lastRow())
			.bind("now", now)
			.fetch()
			.rowsUpdated();
	}

	/** What was staged is not needed any more. */
	Mono<Void> markCommitted(UUID id, long added, long changed) {
		return this.database.sql("""
				WITH done AS (DELETE FROM member_import_row WHERE import_id = :id)
				UPDATE member_import SET state = 'COMMITTED', added = :added, changed = :changed WHERE id = :id
				""").bind("id", id).bind("added", (int) added).bind("changed", (int) changed).then();
	}

	private Mono<Void> deleteOld(Instant now) {
		return this.database.sql("DELETE FROM member_import WHERE state = 'PREVIEW' AND created_at < :before")
			.bind("before", now.minus(PREVIEW_KEPT))
			.then();
	}

	private Mono<Void> insert(RosterImport preview, UUID staffId) {
		return this.database.sql("""
				INSERT INTO member_import (id, staff_id, file_name, state, headers, fields, rows_read, rows_to_write,
					added, changed, unchanged, faulty, created_at)
				VALUES (:id, :staffId, :fileName, :state, :headers, :fields, :rowsRead, :rowsToWrite, :added, :changed,
					:unchanged, :faulty, :now)
				""")
			.bind("id", preview.id())
			.bind("staffId", staffId)
			.bind("fileName", preview.fileName())
			.bind("state", preview.state())
			.bind("headers", preview.headers().toArray(String[]::new))
			.bind("fields", preview.fields().toArray(String[]::new))
			.bind("rowsRead", preview.rowsRead())
			.bind("rowsToWrite", preview.rowsToWrite())
			.bind("added", preview.added())
			.bind("changed", preview.changed())
			.bind("unchanged", preview.unchanged())
			.bind("faulty", preview.faulty())
			.bind("now", preview.createdAt())
			.then();
	}

	private Mono<Void> insertRows(UUID importId, List<Change> changes) {
		List<Staged> rows = changes.stream().map(this::staged).toList();
		return this.database
			.sql("""
					INSERT INTO member_import_row (import_id, row_number, is_new, member_id, number, name, unit_id, position,
						joined_on, phone_cipher, phone_key, phone_index, phone_masked, id_cipher, id_key, id_index, id_masked)
					SELECT :importId, r.row, r.is_new, r.member_id, nullif(r.number, ''), r.name, r.unit_id,
						nullif(r.position, ''), nullif(r.joined, '')::date, decode(r.phone_cipher, 'hex'), r.phone_key,
						decode(r.phone_index, 'hex'), r.phone_masked, decode(nullif(r.id_cipher, ''), 'hex'),
						nullif(r.id_key, ''), decode(nullif(r.id_index, ''), 'hex'), nullif(r.id_masked, '')
					FROM unnest(:rows, :news, :members, :numbers, :names, :units, :positions, :joined, :phoneCiphers,
						:phoneKeys, :phoneIndexes, :phonesMasked, :idCiphers, :idKeys, :idIndexes, :idsMasked)
						AS r (row, is_new, member_id, number, name, unit_id, position, joined, phone_cipher, phone_key,
							phone_index, phone_masked, id_cipher, id_key, id_index, id_masked)
					""")
			.bind("importId", importId)
			.bind("rows", rows.stream().map((row) -> row.line().row()).toArray(Integer[]::new))
			.bind("news", rows.stream().map((row) -> row.change().memberId() == null).toArray(Boolean[]::new))
			.bind("members", rows.stream().map(Staged::memberId).toArray(UUID[]::new))
			.bind("numbers", texts(rows, (row) -> row.line().number()))
			.bind("names", texts(rows, (row) -> row.line().name().value()))
			.bind("units", rows.stream().map((row) -> row.line().unitId()).toArray(UUID[]::new))
			.bind("positions", texts(rows, (row) -> row.line().position()))
			.bind("joined", texts(rows, (row) -> row.line().joinedOn()))
			.bind("phoneCiphers", texts(rows, (row) -> hex(row.phone())))
			.bind("phoneKeys", texts(rows, (row) -> row.phone().keyId()))
			.bind("phoneIndexes", texts(rows, (row) -> row.change().line().phoneIndex()))
			.bind("phonesMasked", texts(rows, (row) -> row.line().phone().masked()))
			.bind("idCiphers", texts(rows, (row) -> (row.idNumber() != null) ? hex(row.idNumber()) : null))
			.bind("idKeys", texts(rows, (row) -> (row.idNumber() != null) ? row.idNumber().keyId() : null))
			.bind("idIndexes", texts(rows, (row) -> row.change().line().idIndex()))
			.bind("idsMasked", texts(rows, (row) -> row.line().idNumber()))
			.then();
	}

	private Mono<Void> insertErrors(UUID importId, List<RosterError> errors) {
		return this.database.sql("""
				INSERT INTO member_import_error (import_id, row_number, ordinal, header, message)
				SELECT :importId, e.row, e.ordinal, e.header, e.message
				FROM unnest(:rows, :headers, :messages) WITH ORDINALITY AS e (row, header, message, ordinal)
				""")
			.bind("importId", importId)
			.bind("rows", errors.stream().map(RosterError::row).toArray(Integer[]::new))
			.bind("headers", errors.stream().map(RosterError::header).toArray(String[]::new))
			.bind("messages", errors.stream().map(RosterError::message).toArray(String[]::new))
			.then();
	}

	private Staged staged(Change change) {
		UUID memberId = Objects.requireNonNullElseGet(change.memberId(), this.ids::next);
		Phone phone = change.line().line().phone();
		IdNumber idNumber = change.line().line().idNumber();
		return new Staged(change, memberId, phone.seal(this.personalData, memberId),
				(idNumber != null) ? idNumber.seal(this.personalData, memberId) : null);
	}

	private static RosterImport read(Readable row) {
		Integer progress = row.get("progress", Integer.class);
		String state = Columns.get(row, "state", String.class);
		int toWrite = Columns.get(row, "rows_to_write", Integer.class);
		boolean committed = state.equals("COMMITTED");
		return new RosterImport(Columns.get(row, "id", UUID.class), Columns.get(row, "file_name", String.class),
				(progress != null && !committed) ? "COMMITTING" : state,
				List.of(Columns.get(row, "headers", String[].class)),
				List.of(Columns.get(row, "fields", String[].class)), Columns.get(row, "rows_read", Integer.class),
				toWrite, committed ? toWrite : Objects.requireNonNullElse(progress, 0),
				Columns.get(row, "added", Integer.class), Columns.get(row, "changed", Integer.class),
				Columns.get(row, "unchanged", Integer.class), Columns.get(row, "faulty", Integer.class),
				Columns.get(row, "created_at", Instant.class));
	}

	/** A number for this import that is no other lock's. */
	private static int progressLock(UUID id) {
		return id.hashCode() & Integer.MAX_VALUE;
	}

	private static String[] given(List<IndexedLine> lines, Function<IndexedLine, @Nullable String> value) {
		return lines.stream().map(value).filter(Objects::nonNull).toArray(String[]::new);
	}

	/** Nothing is an empty text: arrays of the driver hold no nulls. */
	private static String[] texts(List<Staged> rows, Function<Staged, @Nullable Object> value) {
		return rows.stream().map((row) -> Objects.toString(value.apply(row), "")).toArray(String[]::new);
	}

	private static String hex(SealedText sealed) {
		return HexFormat.of().formatHex(sealed.bytes());
	}

	/**
	 * Rows that are written by one statement.
	 *
	 * @param isNew whether they add members, else they change some
	 * @param firstRow number of the first
	 * @param lastRow number of the last
	 * @param done how many rows are written after it
	 */
	record Piece(boolean isNew, int firstRow, int lastRow, int done) {

	}

	private record Staged(Change change, UUID memberId, SealedText phone, @Nullable SealedText idNumber) {

		RosterLine line() {
			return this.change.line().line();
		}

	}

	private record ErrorRow(int rowNumber, int ordinal, String header, String message) {

		String cursor() {
			return Cursor.encode(this.rowNumber, this.ordinal);
		}

		RosterError toError() {
			return new RosterError(this.rowNumber, this.header, this.message);
		}

	}

}
