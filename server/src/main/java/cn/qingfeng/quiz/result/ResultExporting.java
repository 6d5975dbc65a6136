package cn.qingfeng.quiz.result;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import cn.qingfeng.member.MemberName;
import cn.qingfeng.member.Members;
import cn.qingfeng.member.StaffScope;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.sheet.SheetFormat;
import cn.qingfeng.platform.sheet.SheetWriter;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.round.PublishedRounds;
import cn.qingfeng.staff.Audit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Results as a table, read and written in pieces as fast as the client takes them.
 */
@Service
class ResultExporting {

	private static final int PIECE = 500;

	private static final UUID BEFORE_ALL = new UUID(0, 0);

	private static final List<String> HEAD = List.of("单位", "姓名", "第几次作答", "开始时间", "交卷时间", "交卷方式", "答对题数", "成绩", "是否合格",
			"是否更正过", "有无人工评阅");

	private final PublishedRounds rounds;

	private final ResultReadModel results;

	private final Members members;

	private final StaffScope scope;

	private final Audit audit;

	private final SheetWriter sheets;

	ResultExporting(PublishedRounds rounds, ResultReadModel results, Members members, StaffScope scope, Audit audit,
			SheetWriter sheets) {
		this.rounds = rounds;
		this.results = results;
		this.members = members;
		this.scope = scope;
		this.audit = audit;
		this.sheets = sheets;
	}

	/**
	 * The file in pieces; comes when the first piece was read.
	 * @param id of a published round, or 404
	 * @param format of the file
	 * @param purpose of full names, null for masked ones
	 * @return not empty
	 */
	Mono<Flux<byte[]>> export(RoundId id, SheetFormat format, @Nullable String purpose) {
		return this.rounds.get(id)
			.then(this.scope.units())
			.flatMap((units) -> this.results.after(id, BEFORE_ALL, 0, PIECE)
				.flatMap((first) -> this.audit.record("quiz.results.export", id.toString(), purpose)
					.thenReturn(file(new Table(id, format, purpose != null, units), first))));
	}

	/** Full names take a purpose. */
	static @Nullable String purpose(boolean full, @Nullable String purpose) {
		if (full && (purpose == null || purpose.isBlank())) {
			throw Violations.of("purpose", "导出完整姓名须写明用途");
		}
		return full ? purpose : null;
	}

	private Flux<byte[]> file(Table table, List<ResultRow> first) {
		return Flux.defer(() -> {
			Flux<List<List<Object>>> pieces = Mono.just(first)
				.expand((rows) -> (rows.size() < PIECE) ? Mono.empty() : next(table.round(), rows.getLast()))
				.concatMap((rows) -> named(table, rows), 1);
			return this.sheets.write(table.format(), HEAD, pieces, Function.identity());
		});
	}

	private Mono<List<ResultRow>> next(RoundId round, ResultRow last) {
		return this.results.after(round, last.memberId(), last.number(), PIECE);
	}

	private Mono<List<List<Object>>> named(Table table, List<ResultRow> rows) {
		return this.members.names(rows.stream().map(ResultRow::memberId).toList())
			.map((names) -> rows.stream()
				.filter((row) -> table.shows(names.get(row.memberId())))
				.map((row) -> table.line(row, names))
				.toList());
	}

	/**
	 * What to write.
	 *
	 * @param round of the results
	 * @param format of the file
	 * @param fullNames whether names are written out
	 * @param units whose members are shown
	 */
	private record Table(RoundId round, SheetFormat format, boolean fullNames, Set<UUID> units) {

		/** Somebody erased is of no unit any more. */
		boolean shows(@Nullable MemberName name) {
			return name != null && this.units.contains(name.unitId().value());
		}

		List<Object> line(ResultRow row, Map<UUID, MemberName> names) {
			MemberName name = Objects.requireNonNull(names.get(row.memberId()));
			return Arrays.asList(name.unitName(), this.fullNames ? name.name() : name.masked(), row.number(),
					BusinessTime.at(row.startedAt()).toString(), BusinessTime.at(row.submittedAt()).toString(),
					row.byDeadline() ? "到时自动交卷" : "本人交卷", row.correct(), row.score(), row.passed() ? "合格" : "不合格",
					row.corrected() ? "是" : "否", row.marked() ? "有" : "无");
		}

	}

}
