package cn.qingfeng.quiz.exchange;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.problem.BusyProblem;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.reactor.BoundedScheduler;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.quiz.bank.Bank;
import cn.qingfeng.quiz.bank.Banks;
import cn.qingfeng.quiz.bank.NewQuestion;
import cn.qingfeng.quiz.bank.Stems;
import cn.qingfeng.quiz.exchange.Likeness.Alike;
import cn.qingfeng.staff.Audit;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Reads files of questions into previews, and adds previews to their banks.
 */
@Service
class QuestionImporting implements AutoCloseable {

	private static final int MOST_QUESTIONS = 2_000;

	private static final Duration READING = Duration.ofSeconds(20);

	private final Banks banks;

	private final QuestionImportRepository imports;

	private final Transactions transactions;

	private final IdGenerator ids;

	private final Clock clock;

	private final Audit audit;

	private final BoundedScheduler readers = BoundedScheduler.of("question-files", 2, 16);

	QuestionImporting(Banks banks, QuestionImportRepository imports, Transactions transactions, IdGenerator ids,
			Clock clock, Audit audit) {
		this.banks = banks;
		this.imports = imports;
		this.transactions = transactions;
		this.ids = ids;
		this.clock = clock;
		this.audit = audit;
	}

	/**
	 * Reads a file; adds nothing.
	 * @param bankId where its questions would go
	 * @param fileName whose ending tells the format
	 * @param file all of it
	 * @param byStaff who uploads it
	 * @return the preview; 404 for no bank, 422 for a file of another kind
	 */
	Mono<QuestionImport> preview(UUID bankId, String fileName, byte[] file, UUID byStaff) {
		QuestionFileFormat format = QuestionFileFormat.of(fileName, file)
			.orElseThrow(() -> Violations.of("file", "只支持 xlsx、csv、txt、docx、gift、xml、zip 文件"));
		return bank(bankId).map(Bank::requireOpen)
			.then(Mono.defer(() -> this.banks.stems(bankId)))
			.flatMap((there) -> this.readers.call(() -> read(bankId, format, file, there), READING))
			.onErrorMap(TimeoutException.class, (late) -> Violations.of("file", "文件太大或太复杂，请分成几份再导入"))
			.onErrorMap(RejectedExecutionException.class, (full) -> new BusyProblem())
			.flatMap((preview) -> this.imports.add(preview, byStaff).thenReturn(preview));
	}

	Mono<QuestionImport> find(UUID bankId, UUID id) {
		return this.imports.find(bankId, id).switchIfEmpty(Mono.error(NotFoundProblem::new));
	}

	/**
	 * Adds a preview to its bank; a second time changes nothing.
	 * @param bankId of the bank
	 * @param id of the preview
	 * @param goodRowsOnly whether bad rows may be left out; else they are a 409
	 * @return the import
	 */
	Mono<QuestionImport> commit(UUID bankId, UUID id, boolean goodRowsOnly) {
		return this.transactions.inTransaction(bank(bankId).flatMap((bank) -> this.imports.lock(bankId, id)
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.flatMap((preview) -> preview.isCommitted() ? Mono.just(preview) : added(bank, preview, goodRowsOnly))));
	}

	@Override
	public void close() {
		this.readers.close();
	}

	private Mono<Bank> bank(UUID id) {
		return this.banks.find(id).switchIfEmpty(Mono.error(NotFoundProblem::new));
	}

	private Mono<QuestionImport> added(Bank bank, QuestionImport preview, boolean goodRowsOnly) {
		if (!goodRowsOnly && !preview.errors().isEmpty()) {
			return Mono.error(() -> new ImportHasErrorsProblem(preview.errors().size()));
		}
		bank.requireOpen();
		List<NewQuestion> questions = preview.questions()
			.stream()
			.map((question) -> NewQuestion.of(bank, question.content()))
			.toList();
		return this.banks.add(bank.id(), questions)
			.map((count) -> preview.committed(this.clock.instant(), count.intValue()))
			.flatMap((committed) -> this.imports.commit(committed)
				.then(Mono.defer(() -> this.audit.record("question-bank.import", bank.id().toString())))
				.thenReturn(committed));
	}

	private QuestionImport read(UUID bankId, QuestionFileFormat format, byte[] file, List<String> there) {
		ReadFile read = format.read(file);
		if (read.questions().size() + read.errors().size() > MOST_QUESTIONS) {
			throw Violations.of("file", "一次最多导入 " + MOST_QUESTIONS + " 题，请分成几份");
		}
		return sorted(bankId, format, read, there);
	}

	private QuestionImport sorted(UUID bankId, QuestionFileFormat format, ReadFile read, List<String> there) {
		Map<String, Likeness> known = new HashMap<>();
		there.forEach((stem) -> note(known, stem));
		List<DraftQuestion> questions = new ArrayList<>();
		List<RowError> errors = new ArrayList<>(read.errors());
		List<Alike> alike = new ArrayList<>();
		for (DraftQuestion question : read.questions()) {
			if (known.containsKey(Stems.essence(question.stem()))) {
				errors.add(new RowError(question.row(), "题干", "题库或文件前面已有这道题"));
				continue;
			}
			Likeness.of(question.stem()).among(known.values(), question.row()).ifPresent(alike::add);
			note(known, question.stem());
			questions.add(question);
		}
		errors.sort((one, other) -> Integer.compare(one.row(), other.row()));
		return new QuestionImport(this.ids.next(), bankId, format, questions, errors, alike, null, null);
	}

	private static void note(Map<String, Likeness> known, String stem) {
		Likeness likeness = Likeness.of(stem);
		known.putIfAbsent(likeness.essence(), likeness);
	}

}
