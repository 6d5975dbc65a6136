package cn.qingfeng.member.roster;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import cn.qingfeng.member.privacy.PersonalData;
import cn.qingfeng.member.privacy.PersonalDataViews;
import cn.qingfeng.member.privacy.SealedText;
import cn.qingfeng.member.roster.RosterExportRepository.Entry;
import cn.qingfeng.member.roster.RosterExportRepository.Line;
import cn.qingfeng.member.unit.Units;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.sheet.SheetFormat;
import cn.qingfeng.platform.sheet.SheetWriter;
import cn.qingfeng.staff.Audit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * The roster as a table that can be imported again. First it is settled who will be in
 * it, and in clear written down for each of them; then their rows are read in pieces, as
 * fast as the client takes them.
 */
@Service
class RosterExporting {

	private static final int MOST = 20_000;

	private static final int PIECE = 1_000;

	private static final List<String> HEADERS = Stream.of(RosterField.values()).map(RosterField::header).toList();

	private final RosterExportRepository roster;

	private final SheetWriter sheets;

	private final Units units;

	private final PersonalData personalData;

	private final PersonalDataViews views;

	private final Audit audit;

	private final Transactions transactions;

	RosterExporting(RosterExportRepository roster, SheetWriter sheets, Units units, PersonalData personalData,
			PersonalDataViews views, Audit audit, Transactions transactions) {
		this.roster = roster;
		this.sheets = sheets;
		this.units = units;
		this.personalData = personalData;
		this.views = views;
		this.audit = audit;
		this.transactions = transactions;
	}

	/** Phone and identity numbers are masked. */
	Mono<Flux<byte[]>> export(@Nullable UUID unit, SheetFormat format) {
		return entries(unit).flatMap((entries) -> this.audit
			.record("member.export", asked(unit), "%d members as %s".formatted(entries.size(), format.extension()))
			.thenReturn(table(entries, format, RosterExporting::masked)));
	}

	/** Each member can read afterwards who took the numbers, and what for. */
	Mono<Flux<byte[]>> exportInClear(@Nullable UUID unit, SheetFormat format, String purpose) {
		return entries(
				unit)
			.flatMap(
					(entries) -> this.transactions
						.inTransaction(Mono.defer(() -> viewed(entries, purpose))
							.then(Mono
								.defer(() -> this.audit.record("member.export-clear", asked(unit), purpose.strip()))))
						.thenReturn(table(entries, format, this::clear)));
	}

	private Mono<List<Entry>> entries(@Nullable UUID unit) {
		return CurrentStaff.mono()
			.zipWith(this.units.tree())
			.map((who) -> who.getT2().asked(who.getT1().units(), unit))
			.flatMap((asked) -> this.roster.entries(asked, MOST + 1))
			.filter((entries) -> entries.size() <= MOST)
			.switchIfEmpty(Mono.error(() -> Violations.of("unit", "一次最多导出 %d 人，请按单位分别导出".formatted(MOST))));
	}

	/** One statement for the phones and one for the identity numbers, however many. */
	private Mono<Void> viewed(List<Entry> entries, String purpose) {
		List<UUID> all = entries.stream().map(Entry::id).toList();
		List<UUID> withIdNumber = entries.stream().filter(Entry::withIdNumber).map(Entry::id).toList();
		return this.views.record(all, "phone", purpose)
			.then(withIdNumber.isEmpty() ? Mono.empty()
					: Mono.defer(() -> this.views.record(withIdNumber, "id-number", purpose)));
	}

	private Flux<byte[]> table(List<Entry> entries, SheetFormat format, Function<Line, List<String>> cells) {
		Flux<List<Line>> pieces = Flux.fromIterable(entries)
			.map(Entry::id)
			.buffer(PIECE)
			.concatMap(this.roster::lines, 1);
		return this.sheets.write(format, HEADERS, pieces, cells);
	}

	private static List<String> masked(Line line) {
		return cells(line, line.phoneMasked(), line.idMasked());
	}

	private List<String> clear(Line line) {
		String phone = this.personalData.open(new SealedText(line.phoneKey(), line.phoneCipher()),
				"member.phone:" + line.id());
		String idNumber = (line.idKey() != null && line.idCipher() != null)
				? this.personalData.open(new SealedText(line.idKey(), line.idCipher()), "member.id:" + line.id())
				: null;
		return cells(line, phone, idNumber);
	}

	/** In the order of the headers. */
	private static List<String> cells(Line line, String phone, @Nullable String idNumber) {
		return Stream.of(line.number(), line.name(), phone, line.unit(), line.position(), line.joinedOn(), idNumber)
			.map((value) -> Objects.toString(value, ""))
			.toList();
	}

	private static @Nullable String asked(@Nullable UUID unit) {
		return (unit != null) ? unit.toString() : null;
	}

}
