package cn.qingfeng.member.roster;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.member.privacy.PersonalData;
import cn.qingfeng.member.roster.RosterImportRepository.Piece;
import cn.qingfeng.member.unit.UnitTree;
import cn.qingfeng.member.unit.Units;
import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.reactor.LogContext;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.sheet.SheetReader;
import cn.qingfeng.staff.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.stereotype.Service;

/**
 * Takes a roster over from a table, in two steps: the first tells what would change, the
 * second changes it.
 */
@Service
class RosterImporting {

	private static final Logger log = LoggerFactory.getLogger(RosterImporting.class);

	private static final int LONGEST_FILE_NAME = 128;

	private final SheetReader sheets;

	private final RosterImportRepository imports;

	private final Units units;

	private final PersonalData personalData;

	private final IdGenerator ids;

	private final Audit audit;

	private final Transactions transactions;

	private final Clock clock;

	RosterImporting(SheetReader sheets, RosterImportRepository imports, Units units, PersonalData personalData,
			IdGenerator ids, Audit audit, Transactions transactions, Clock clock) {
		this.sheets = sheets;
		this.imports = imports;
		this.units = units;
		this.personalData = personalData;
		this.ids = ids;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
	}

	Mono<RosterImport> preview(Part file) {
		return CurrentStaff.mono()
			.zipWith(this.units.tree())
			.flatMap((who) -> this.sheets.read(file)
				.map(RosterTable::of)
				.map((table) -> reading(table, who.getT2(), who.getT2().scope(who.getT1().units())))
				.flatMap((reading) -> compare(reading, name(file), who.getT1().staffId())));
	}

	Mono<RosterImport> find(UUID id) {
		return CurrentStaff.mono()
			.flatMap((staff) -> this.imports.find(id, staff.staffId()))
			.switchIfEmpty(Mono.error(NotFoundProblem::new));
	}

	Mono<Page<RosterError>> errors(UUID id, int limit, Optional<Cursor> cursor) {
		return find(id).flatMap((found) -> this.imports.findErrors(id, limit, cursor));
	}

	/** All good rows or none; what is committed stays as it is. */
	Mono<RosterImport> commit(UUID id) {
		return CurrentStaff.mono()
			.flatMap((staff) -> this.transactions
				.inTransaction(this.imports.lock(id, staff.staffId())
					.switchIfEmpty(Mono.error(NotFoundProblem::new))
					.flatMap((found) -> found.isCommitted() ? Mono.just(found) : commit(id, staff.staffId())))
				.onErrorMap(Units::told));
	}

	/** In pieces, after each of which everybody can see how far it is. */
	private Mono<RosterImport> commit(UUID id, UUID staffId) {
		Instant now = this.clock.instant();
		return this.imports.isReadable(id, this.personalData.keyIds())
			.filter(Boolean::booleanValue)
			.switchIfEmpty(Mono.error(ImportOutdatedProblem::new))
			.then(Mono.defer(() -> this.imports.noteProgress(id, 0)))
			.then(Mono.defer(() -> this.imports.noteUnitChanges(id, staffId, now)))
			.then(Mono.defer(() -> this.imports.pieces(id)))
			.flatMap((pieces) -> Flux.fromIterable(pieces)
				.concatMap((piece) -> write(id, piece, now))
				.reduce(Effect.NONE, Effect::plus))
			.flatMap((effect) -> finish(id, effect))
			.then(Mono.defer(() -> this.imports.find(id, staffId)));
	}

	private Mono<Effect> write(UUID id, Piece piece, Instant now) {
		Mono<Effect> writing = piece.isNew() ? this.imports.addNew(id, piece, now).map(Effect::added)
				: this.imports.change(id, piece, now).map(Effect::changed);
		return writing.flatMap((effect) -> this.imports.noteProgress(id, piece.done()).thenReturn(effect));
	}

	private Mono<Void> finish(UUID id, Effect effect) {
		return this.imports.markCommitted(id, effect.added(), effect.changed())
			.then(Mono.defer(() -> this.audit.record("member.import", id.toString(),
					"added %d, changed %d".formatted(effect.added(), effect.changed()))))
			.then(LogContext
				.line(() -> log.info("import {} added {} and changed {}", id, effect.added(), effect.changed())));
	}

	private Reading reading(RosterTable table, UnitTree tree, Set<UUID> scope) {
		RosterReading reading = RosterReading.of(table, new UnitNames(tree.named(scope)), LocalDate.now(this.clock));
		List<IndexedLine> lines = reading.lines()
			.stream()
			.map((line) -> IndexedLine.of(line, this.personalData))
			.toList();
		return new Reading(table, lines, reading.errors(), scope);
	}

	private Mono<RosterImport> compare(Reading reading, String fileName, UUID staffId) {
		return this.imports.findKnown(reading.lines())
			.map((known) -> RosterComparison.of(reading.table(), reading.lines(), known, reading.scope()))
			.flatMap((comparison) -> store(reading, comparison, fileName, staffId));
	}

	private Mono<RosterImport> store(Reading reading, RosterComparison comparison, String fileName, UUID staffId) {
		List<RosterError> errors = new ArrayList<>(reading.errors());
		errors.addAll(comparison.errors());
		int added = (int) comparison.changes().stream().filter((change) -> change.memberId() == null).count();
		RosterImport preview = new RosterImport(this.ids.next(), fileName, "PREVIEW", reading.headers(),
				reading.fields(), reading.table().rows().size(), comparison.changes().size(), 0, added,
				comparison.changes().size() - added, comparison.unchanged(),
				(int) errors.stream().mapToInt(RosterError::row).distinct().count(), this.clock.instant());
		Mono<Void> storing = this.imports.insert(preview, staffId, comparison.changes(), errors);
		return this.transactions.inTransaction(storing).thenReturn(preview);
	}

	private static String name(Part file) {
		String name = (file instanceof FilePart named) ? named.filename() : file.name();
		String plain = name.replaceAll("\\p{Cntrl}", "");
		return plain.substring(0, Math.min(plain.length(), LONGEST_FILE_NAME));
	}

	/** What came of the rows that were written. */
	private record Effect(long added, long changed) {

		static final Effect NONE = new Effect(0, 0);

		static Effect added(long rows) {
			return new Effect(rows, 0);
		}

		static Effect changed(long rows) {
			return new Effect(0, rows);
		}

		Effect plus(Effect other) {
			return new Effect(this.added + other.added, this.changed + other.changed);
		}

	}

	private record Reading(RosterTable table, List<IndexedLine> lines, List<RosterError> errors, Set<UUID> scope) {

		List<String> headers() {
			return this.table.columns().keySet().stream().map(this.table::header).toList();
		}

		List<String> fields() {
			return this.table.columns().keySet().stream().map(RosterField::name).toList();
		}

	}

}
